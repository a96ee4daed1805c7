using System.Globalization;
using Marketing.Ingest.Progress;

namespace Marketing.Ingest.Import;

/// <summary>Imports the files that were asked for, one after another, and says what became of each.</summary>
internal sealed class ImportRun(FileImport files, CampaignImport campaigns, TextWriter output, IProgressDisplay progress)
{
    /// <summary>Runs to the end of the last file.</summary>
    /// <returns>0, or 1 when a file could not be read.</returns>
    public async Task<int> RunAsync(ImportOptions options, CancellationToken cancellationToken)
    {
        var unreadable = 0;
        foreach (var path in options.CampaignFiles)
        {
            unreadable += await TryAsync(path, async () =>
            {
                var (totals, rejects) = await campaigns.RunAsync(path, cancellationToken);
                await SayAsync($"{path}: {totals.Accepted:N0} new campaigns, {totals.Duplicates:N0} replaced", totals.Rejected, rejects);
            });
        }

        foreach (var path in options.Files)
        {
            unreadable += await TryAsync(path, async () =>
            {
                var (done, rejects) = await files.RunAsync(path, options, progress, cancellationToken);
                await SayAsync(
                    $"{path}: {done.Totals.Accepted:N0} accepted, {done.Totals.Duplicates:N0} already there{Refused(done.Totals)}", done.Totals.Rejected, rejects);
            });
        }

        return unreadable == 0 ? 0 : 1;
    }

    /// <summary>What most imports have none of is said only where there is some.</summary>
    private static string Refused(ImportTotals totals) => string.Create(CultureInfo.InvariantCulture,
        $"{(totals.Conflicts > 0 ? $", {totals.Conflicts:N0} in conflict with another interaction of the same id" : "")}{(totals.Erased > 0 ? $", {totals.Erased:N0} from before an erasure" : "")}");

    private async Task SayAsync(FormattableString result, long rejected, string? rejects) =>
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.ToString(CultureInfo.InvariantCulture)}, {rejected:N0} rejected{(rejects is null ? "" : $" (see {rejects})")}"));

    private static async Task<int> TryAsync(string path, Func<Task> import)
    {
        try
        {
            await import();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await System.Console.Error.WriteLineAsync($"{path} could not be read: {exception.Message}");
            return 1;
        }
    }
}
