using System.Globalization;
using Marketing.Stores.Backups;

namespace Marketing.Ingest.Backup;

/// <summary>Checks a backup and reports what is in it.</summary>
internal sealed class VerifyRun(IBackupCheck check, TextWriter output)
{
    public async Task<int> RunAsync(string directory, CancellationToken cancellationToken)
    {
        var (folder, manifest, isCompared) = await check.VerifyAsync(directory, cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{folder} is intact: {manifest.Created:yyyy-MM-dd HH:mm:ss}Z, version {manifest.Product}, log {manifest.LogId}"));
        foreach (var part in manifest.Parts)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {part.Name,-20}{part.Count,12:N0}  {part.Digest[..16]}"));
        }

        if (!isCompared)
        {
            await output.WriteLineAsync("Its tables are of an older version: the file is compared by its digest, its records are not compared one by one.");
        }

        return 0;
    }
}
