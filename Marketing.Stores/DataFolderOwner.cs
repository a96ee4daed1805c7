using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Sees that one process at a time has the embedded graph and vector index of a folder: both are searched in memory, and a
/// second process would not see what the first one adds. They are opened after this is made, and closed before it is disposed.
/// </summary>
internal sealed class DataFolderOwner : IDisposable
{
    private const string FileName = ".owner";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    // The operating system gives the file free when the process ends, however it ends.
    private readonly FileStream _held;

    /// <summary>Waits a while for a process that is about to end, as after a restart.</summary>
    /// <exception cref="StoreStartupException">Another process keeps the folder.</exception>
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
                    $"Storage:DataDirectory is {options.Value.DataDirectory}, which another process has open; embedded stores belong to one process: end that one, or give this one another folder.",
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
