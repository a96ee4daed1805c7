using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Lets only one process own a data folder with an embedded graph or vector index: both are searched in memory, and a second process would
/// not see the first one's writes. It is created before them and disposed after they are closed.
/// </summary>
internal sealed class DataFolderOwner : IDisposable
{
    private const string FileName = ".owner";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    // The operating system releases the file when the process ends, however it ends.
    private readonly FileStream _held;

    /// <summary>Takes the folder, and waits for another process that may be about to end, as after a restart.</summary>
    /// <exception cref="StoreStartupException">Another process still has the folder after the timeout.</exception>
    public DataFolderOwner(IOptions<StorageOptions> options, TimeProvider time, ILogger<DataFolderOwner> logger)
    {
        var path = options.Value.PathOf(FileName);
        var started = time.GetTimestamp();
        using var never = new ManualResetEventSlim();
        for (var attempt = 1; _held is null; attempt++)
        {
            try
            {
                _held = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.None);
                PrivateFiles.Restrict(path);
            }
            catch (IOException exception) when (time.GetElapsedTime(started) >= options.Value.OwnerTimeout)
            {
                throw new StoreStartupException(
                    $"Storage:DataDirectory is {options.Value.DataDirectory}, which another process has open; embedded stores belong to one process: stop the other one, or set another folder.",
                    exception);
            }
            catch (IOException)
            {
                if (attempt == 1)
                {
                    Log.WaitsForFolder(logger, options.Value.DataDirectory);
                }

                never.Wait(Between);
            }
        }
    }

    public void Dispose() => _held.Dispose();
}
