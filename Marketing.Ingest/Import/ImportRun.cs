using System.Globalization;
using Marketing.Ingest.Progress;

namespace Marketing.Ingest.Import;

/// <summary>Imports the requested files one after another and reports the result of each.</summary>
internal sealed class ImportRun(FileImport files, CampaignImport campaigns, TextWriter output, ErrorOutput errors, IProgressDisplay progress)
{
    /// <summary>Imports all files.</summary>
    /// <returns>An exit code of <see cref="ImportExit"/>.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public async Task<int> RunAsync(ImportOptions options, CancellationToken cancellationToken)
    {
        var settings = ImportSettings.From(options);
        var exit = ImportExit.Done;
        foreach (var path in options.CampaignFiles)
        {
            exit = ImportExit.Worse(exit, await TryAsync(path, async () =>
            {
                var (totals, rejects, refused) = await campaigns.RunAsync(path, settings.Encoding, cancellationToken);
                return await SayAsync($"{path}: {totals.Accepted:N0} new campaigns, {totals.Duplicates:N0} replaced", totals, rejects, refused);
            }));
        }

        foreach (var path in options.Files)
        {
            exit = ImportExit.Worse(exit, await TryAsync(path, async () =>
            {
                var result = await files.RunAsync(path, settings, output.WriteLineAsync, progress, cancellationToken);
                var totals = result.Done.Totals;
                var code = await SayAsync(
                    $"{path}: {totals.Accepted:N0} accepted, {totals.Duplicates:N0} already there{Refused(totals)}", totals, result.Rejects, result.Refused);
                if (result.LettersRemoved > 0)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                        $"  removed {result.LettersRemoved:N0} dead letters of an earlier import of this file"));
                }

                return result.Broken is { } reason ? await FailAsync(path, "to its end", reason) : code;
            }));
        }

        return exit;
    }

    /// <summary>Describes conflicts and erasures, which are omitted when there are none.</summary>
    private static string Refused(ImportTotals totals) => string.Create(CultureInfo.InvariantCulture,
        $"{(totals.Conflicts > 0 ? $", {totals.Conflicts:N0} in conflict with another interaction with the same id" : "")}{(totals.Erased > 0 ? $", {totals.Erased:N0} from before an erasure" : "")}");

    private async Task<int> SayAsync(FormattableString result, ImportTotals totals, string? rejects, RejectSummary refused)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.ToString(CultureInfo.InvariantCulture)}, {totals.Rejected:N0} rejected{(rejects is null ? "" : $" (see {rejects})")}"));
        foreach (var line in refused.Lines(totals))
        {
            await output.WriteLineAsync($"  {line}");
        }

        if (totals.Records == 0)
        {
            await output.WriteLineAsync("  it has only a header, or an empty list");
        }

        return totals.Records > 0 && totals.Accepted + totals.Duplicates == 0 ? ImportExit.AllRejected : ImportExit.Done;
    }

    private async Task<int> TryAsync(string path, Func<Task<int>> import)
    {
        try
        {
            return await import();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return await FailAsync(path, "", exception.Message);
        }
    }

    private async Task<int> FailAsync(string path, string howFar, string reason)
    {
        await errors.Writer.WriteLineAsync($"{path} could not be read{(howFar.Length > 0 ? $" {howFar}" : "")}: {reason}");
        return ImportExit.Unreadable;
    }
}
