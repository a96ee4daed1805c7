using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>
/// Compares interaction by interaction when the digests differ: appends what the target lacks, and removes texts that retention has
/// removed from the source since they were copied. What only the target has was written there, and stays.
/// </summary>
internal sealed class Reconciliation(ICopyStore source, ICopyStore target)
{
    private const int PageSize = 500;

    /// <returns>The interactions changed at the target, and those of the source that the target does not have as they are.</returns>
    public async Task<(long Changed, long Missing)> RunAsync(string? upTo, CancellationToken cancellationToken)
    {
        long changed = 0;
        long missing = 0;
        string? position = null;
        while (true)
        {
            var page = await source.ReadAsync(position, PageSize, cancellationToken);
            var (changedHere, missingHere) = await RunAsync(page.Interactions, cancellationToken);
            changed += changedHere;
            missing += missingHere;
            if (page.IsEnd || page.Next == upTo)
            {
                return (changed, missing);
            }

            position = page.Next;
        }
    }

    private async Task<(long Changed, long Missing)> RunAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        if (interactions.Count == 0)
        {
            return (0, 0);
        }

        var there = (await target.Log.FindAsync([.. interactions.Select(static one => one.Id)], cancellationToken)).ToDictionary(static one => one.Id);
        var absent = interactions.Where(one => !there.ContainsKey(one.Id)).ToList();
        var redacted = interactions.Where(one => there.TryGetValue(one.Id, out var other) && one.Text is null && other.Text is not null).ToList();
        var differing = interactions.Count(one => there.TryGetValue(one.Id, out var other)
            && Records.Of(one) != Records.Of(other) && Records.Of(one) != Records.Of(other with { Text = null }) && !IsRedactedThere(one, other));
        if (redacted.Count > 0)
        {
            await target.RedactAsync([.. redacted.Select(static one => one.Id)], cancellationToken);
        }

        // An interaction that the target refuses because its user was erased there is not missing.
        var outcomes = absent.Count > 0 ? await target.Log.AppendAsync(absent, cancellationToken) : [];
        int added = outcomes.Count(static outcome => outcome == AppendOutcome.Accepted);
        return (redacted.Count + added, differing + outcomes.Count(static outcome => outcome == AppendOutcome.Conflict));
    }

    /// <summary>Whether the target's own retention was ahead.</summary>
    private static bool IsRedactedThere(Interaction one, Interaction other) =>
        other.Text is null && Records.Of(one with { Text = null }) == Records.Of(other);
}
