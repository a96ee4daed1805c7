using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Backups;

/// <summary>Backs the log up, and keeps the newest backups.</summary>
internal sealed class BackupJob(ILogBackup backup, IOptions<BackupOptions> options) : IMaintenanceJob
{
    public string Name => "backup";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.Value.Directory))
        {
            return "No backup was made because Backup:Directory is not set.";
        }

        var made = await backup.RunAsync(null, options.Value.Keep, static (_, _) => { }, cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Backed up {made.Manifest.Interactions} interactions as {Path.GetFileName(made.Folder)}; deleted {made.Deleted} older backups.");
    }
}
