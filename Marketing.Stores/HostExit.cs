using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Every way in which a program of the product ends: 0 when it was told to stop, whether it had started or not; 2 with one
/// sentence when only an operator can mend what is wrong; 1 with the error when nobody foresaw it.
/// </summary>
public static class HostExit
{
    private const int Stopped = 0;
    private const int Failed = 1;
    private const int CannotStart = 2;

    /// <summary>Runs the program until it ends or is told to stop (SIGTERM, SIGINT).</summary>
    /// <param name="program">The program; its token ends when it is told to stop, from the first moment on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var stop = new CancellationTokenSource();

        // The host listens too, but only once it is being started: a signal before would kill the process.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await program(stop.Token);
            return Stopped;
        }
        catch (Exception error) when (stop.IsCancellationRequested && IsOfStopping(error))
        {
            await Console.Error.WriteLineAsync("Stopped as told, before it had started.");
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

    /// <summary>Runs a host to its end. One that cannot start is stopped first, so that what has begun in it ends in order.</summary>
    public static async Task RunToEndAsync(this IHost host, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(host);
        try
        {
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

    /// <summary>Says why it cannot be started.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return CannotStart;
    }

    /// <summary>Says what went wrong: one sentence when an operator can mend it, and where it happened when it is a defect.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(Exception error)
    {
        if (SentenceOf(error) is { } sentence)
        {
            return await FailAsync(sentence);
        }

        await Console.Error.WriteLineAsync($"It failed in a way that nobody foresaw: {error}");
        return Failed;
    }

    /// <summary>What an operator can mend, as a sentence; null for a defect.</summary>
    private static string? SentenceOf(Exception error) => error switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => SentenceOf(several.InnerExceptions[0]),

        // IOException: an address that is taken, or a file. InvalidDataException: a settings file that is not JSON.
        OptionsValidationException or StoreStartupException or IOException or InvalidDataException or UnauthorizedAccessException => error.Message,

        // A setting that is no number, or an address that is none.
        InvalidOperationException when error.Message.Contains("configuration value", StringComparison.OrdinalIgnoreCase) =>
            error.InnerException is { } cause ? $"{error.Message.TrimEnd('.')}: {cause.Message}" : error.Message,
        FormatException => error.Message,

        // A full disk, or one that can only be read.
        DbException => $"A file of the data directory cannot be used: {error.Message}",
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
            // What it failed with before is what will be said.
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
