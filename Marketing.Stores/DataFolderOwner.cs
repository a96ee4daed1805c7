using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Lets only one process own a data folder with an embedded graph or vector index: both are searched in memory, and a second process would
/// not see the first one's writes. The stores take the folder before they open a file, and it is released after they are closed.
/// </summary>
internal sealed class DataFolderOwner(IOptions<StorageOptions> options, TimeProvider time, ILogger<DataFolderOwner> logger) : IDisposable
{
    private const string FileName = ".owner";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();

    // The operating system releases the file when the process ends, however it ends.
    private FileStream? _held;

    /// <summary>Takes the folder, unless this process has it.</summary>
    /// <exception cref="StoreStartupException">Another process has the folder.</exception>
    public void Take()
    {
        if (TryTake() is { } error)
        {
            throw Refused(error);
        }
    }

    /// <summary>Takes the folder, and waits for another process that may be about to end, as after a restart.</summary>
    /// <exception cref="StoreStartupException">Another process still has the folder after the timeout.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; TryTake() is { } error; attempt++)
        {
            var left = options.Value.OwnerTimeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Refused(error);
            }

            if (attempt == 1)
            {
                Log.WaitsForFolder(logger, options.Value.DataDirectory);
            }

            await Task.Delay(left < Between ? left : Between, time, cancellationToken);
        }
    }

    public void Dispose() => _held?.Dispose();

    private IOException? TryTake()
    {
        lock (_lock)
        {
            if (_held is not null)
            {
                return null;
            }

            try
            {
                var path = options.Value.PathOf(FileName);
                _held = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
                PrivateFiles.Restrict(path);
                return null;
            }
            catch (IOException exception)
            {
                return exception;
            }
        }
    }

    private StoreStartupException Refused(IOException cause) => new(
        $"Storage:DataDirectory is {options.Value.DataDirectory}, which another process has open; embedded stores belong to one process: stop the other one, or set another folder.",
        cause);
}
