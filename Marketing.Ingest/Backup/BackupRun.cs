using System.Globalization;
using Marketing.Domain.Ports;
using Marketing.Ingest.Progress;
using Marketing.Projections.Audit;
using Marketing.Stores.Backups;

namespace Marketing.Ingest.Backup;

/// <summary>Makes a backup and reports what is in it.</summary>
internal sealed class BackupRun(ILogBackup backup, AuditRecorder audit, IProgressDisplay progress, TextWriter output)
{
    public async Task<int> RunAsync(string? directory, int? keep, CancellationToken cancellationToken)
    {
        BackupResult made;
        var started = false;
        try
        {
            made = await backup.RunAsync(directory, keep, Report, cancellationToken);
        }
        catch
        {
            await RecordAsync(null, outcome: 500);
            throw;
        }
        finally
        {
            if (started)
            {
                await progress.StopAsync();
            }
        }

        await RecordAsync(new AuditTarget(Path.GetFileName(made.Folder)), outcome: 200);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{made.Folder}: {made.Manifest.Interactions:N0} interactions, {made.Manifest.Bytes / 1e6:N1} MB; {made.Erasures:N0} erasures listed beside it"));
        if (made.Deleted > 0)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Deleted:N0} older backups deleted"));
        }

        return 0;

        void Report(long done, long all)
        {
            if (!started)
            {
                progress.Start("backup", all, doneBefore: 0, "pages");
                started = true;
            }

            progress.Report(done, done);
        }
    }

    private Task RecordAsync(AuditTarget? made, int outcome) =>
        audit.RecordAsync(AuditAction.LogBackup, AuditActor.CommandLine, address: null, made, outcome);
}
