using System.Globalization;
using Marketing.Stores.Backups;

namespace Marketing.Ingest.Backup;

/// <summary>Restores a backup and says what to do next.</summary>
internal sealed class RestoreRun(ILogRestore restore, TextWriter output)
{
    public async Task<int> RunAsync(string directory, bool replace, CancellationToken cancellationToken)
    {
        var done = await restore.RestoreAsync(directory, replace, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{done.Manifest.Interactions:N0} interactions of {done.Manifest.Created:yyyy-MM-dd HH:mm:ss}Z are in {done.DataDirectory}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{done.ErasedUsers:N0} users erased since the backup were erased from it"));
        if (done.Replaced is { } replaced)
        {
            await output.WriteLineAsync($"The previous data is in {replaced}. Delete it when you do not need it: erasures do not reach it.");
        }

        await output.WriteLineAsync("Start the product: it rebuilds the projections from the log.");
        return 0;
    }
}
