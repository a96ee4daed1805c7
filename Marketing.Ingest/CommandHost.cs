using Marketing.Ingest.Import;
using Marketing.Stores;

namespace Marketing.Ingest;

/// <summary>Runs a command on the configured stores.</summary>
/// <remarks>Settings come from the environment, like those of the API.</remarks>
internal static class CommandHost
{
    /// <summary>Creates a <typeparamref name="T"/>, runs it, and reports errors that only an operator can fix in one sentence.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync<T>(Func<T, Task<int>> run, CancellationToken cancellationToken)
        where T : notnull =>
        RunAsync(static builder => builder.AddIngestCommands(System.Console.Out), run, cancellationToken);

    /// <summary>Runs a command that needs other services than the log.</summary>
    /// <param name="register">Registers the services.</param>
    /// <param name="run">Runs the command.</param>
    /// <param name="cancellationToken">Interrupts the command.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync<T>(
        Action<IHostApplicationBuilder> register, Func<T, Task<int>> run, CancellationToken cancellationToken)
        where T : notnull
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        register(builder);
        try
        {
            using var host = builder.Build();
            await host.StartAsync(cancellationToken);
            return await run(host.Services.GetRequiredService<T>());
        }
        catch (OperationCanceledException)
        {
            await System.Console.Error.WriteLineAsync("Interrupted; run it again to continue.");
            return ImportExit.Interrupted;
        }
        catch (Exception exception)
        {
            return await HostExit.FailAsync(exception);
        }
    }
}
