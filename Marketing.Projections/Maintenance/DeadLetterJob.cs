using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Maintenance;

/// <summary>Reports dead letters that no one has handled.</summary>
internal sealed class DeadLetterJob(IDeadLetters letters, ILogger<DeadLetterJob> logger) : IMaintenanceJob
{
    private const int PageSize = 500;

    public string Name => "dead-letters";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var bySource = new SortedDictionary<string, (int Count, DateTimeOffset Oldest)>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await letters.ListAsync(cursor, PageSize, cancellationToken);
            foreach (var letter in page.Items)
            {
                // Newest first, so the last one seen per source is its oldest.
                bySource[letter.Source] = (bySource.GetValueOrDefault(letter.Source).Count + 1, letter.FailedAt);
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        foreach (var (source, (count, oldest)) in bySource)
        {
            Log.DeadLetters(logger, count, source, oldest);
        }

        return bySource.Count == 0
            ? "No dead letters."
            : $"Dead letters: {string.Join(", ", bySource.Select(one => $"{one.Value.Count} from {one.Key}"))}.";
    }
}
