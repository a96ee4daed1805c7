using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Maps every way a program can end to an exit code: 0 when it was told to stop, even before it had started; 2 with one sentence for a
/// problem that an operator can fix; 1 with the error for a defect.
/// </summary>
public static class HostExit
{
    private const int Stopped = 0;
    private const int Failed = 1;
    private const int CannotStart = 2;

    /// <summary>Runs the program until it ends or is told to stop (SIGTERM, SIGINT).</summary>
    /// <param name="program">The program; its token is canceled when it is told to stop, even before the host starts.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var stop = new CancellationTokenSource();

        // The host handles signals only while it starts and runs; an earlier signal would kill the process.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await program(stop.Token);
            return Stopped;
        }
        catch (Exception error) when (stop.IsCancellationRequested && IsOfStopping(error))
        {
            await Console.Error.WriteLineAsync("Stopped before startup was complete.");
            return Stopped;
        }
        catch (Exception error)
        {
            return await FailAsync(error);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Runs a host to its end. If it cannot start, it is stopped first, so that its started services shut down in order.</summary>
    public static async Task RunToEndAsync(this IHost host, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            await host.TakeDataFolderAsync(stop);
            await host.StartAsync(stop);
            await host.WaitForShutdownAsync(stop);
        }
        catch
        {
            await StopQuietlyAsync(host);
            throw;
        }
        finally
        {
            await DisposeAsync(host);
        }
    }

    /// <summary>Takes the data folder, unless servers replace everything in it that only one process may open.</summary>
    /// <exception cref="StoreStartupException">Another process still has the folder after the timeout.</exception>
    internal static Task TakeDataFolderAsync(this IHost host, CancellationToken cancellationToken) =>
        host.Services.GetService<ProjectionFileContext>() is { IsShared: false }
            ? host.Services.GetRequiredService<DataFolderOwner>().TakeAsync(cancellationToken)
            : Task.CompletedTask;

    /// <summary>Prints why the program cannot start.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return CannotStart;
    }

    /// <summary>Prints the error: one sentence if an operator can fix it, the whole exception if it is a defect.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(Exception error)
    {
        if (SentenceOf(error) is { } sentence)
        {
            return await FailAsync(sentence);
        }

        await Console.Error.WriteLineAsync($"Unexpected error: {error}");
        return Failed;
    }

    /// <summary>Returns the sentence for a problem that an operator can fix; null for a defect.</summary>
    private static string? SentenceOf(Exception error) => error switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => SentenceOf(several.InnerExceptions[0]),

        // IOException: an address in use, or a file. InvalidDataException: a settings file that is not JSON.
        OptionsValidationException or StoreStartupException or IOException or InvalidDataException or UnauthorizedAccessException => error.Message,

        // A setting that is not a valid number or address.
        InvalidOperationException when error.Message.Contains("configuration value", StringComparison.OrdinalIgnoreCase) =>
            error.InnerException is { } cause ? $"{error.Message.TrimEnd('.')}: {cause.Message}" : error.Message,
        FormatException => error.Message,

        // A full or read-only disk.
        DbException => $"Cannot use a file in the data directory: {error.Message}",
        _ => null,
    };

    private static bool IsOfStopping(Exception error) => error is OperationCanceledException or ObjectDisposedException
        || (error is AggregateException several && several.InnerExceptions.All(IsOfStopping));

    private static async Task StopQuietlyAsync(IHost host)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Report the original error instead.
        }
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }
}
