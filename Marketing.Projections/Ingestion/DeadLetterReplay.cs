using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Workers;

namespace Marketing.Projections.Ingestion;

/// <summary>Gives what was set aside a second chance: what is in the log is projected again, what never got there is read again.</summary>
public sealed class DeadLetterReplay(
    IDeadLetters letters, IInteractionQueue queue, InteractionReader reader, InteractionIntake intake, PendingSignal signal, TimeProvider time)
{
    private const int PageSize = 500;
    private const int MaxListed = 100;

    /// <summary>Replays a letter. It is removed once it is pending again, and kept when it is still refused.</summary>
    /// <returns>Null when it was replayed, or why it is still refused.</returns>
    public async Task<FieldError?> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        (await ReplayAsync([letter], cancellationToken)) is [var (_, error)] ? error : null;

    /// <summary>Replays every letter that a filter lets through and that was set aside before now.</summary>
    public async Task<ReplayReport> ReplayAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = filter with { Before = filter.Before < now ? filter.Before : now };
        long replayed = 0, refused = 0;
        var refusals = new List<ReplayRefusal>();
        string? cursor = null;
        do
        {
            var page = await letters.ListAsync(before, cursor, PageSize, cancellationToken);
            var kept = await ReplayAsync(page.Items, cancellationToken);
            replayed += page.Items.Count - kept.Count;
            refused += kept.Count;
            refusals.AddRange(kept.Take(MaxListed - refusals.Count).Select(static one => new ReplayRefusal(one.Letter.Id, one.Error.Field, one.Error.Message)));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return new ReplayReport(replayed, refused, refusals);
    }

    /// <returns>The letters that are still refused.</returns>
    private async Task<List<(DeadLetter Letter, FieldError Error)>> ReplayAsync(
        IReadOnlyList<DeadLetter> page, CancellationToken cancellationToken)
    {
        var done = page.Where(static letter => letter.EventId is not null).ToList();
        await queue.RequeueAsync([.. done.Select(static letter => letter.EventId!.Value)], cancellationToken);
        if (done.Count > 0)
        {
            signal.Notify();
        }

        var refused = new List<(DeadLetter, FieldError)>();
        var read = new List<DeadLetter>();
        var batch = new List<Interaction>();
        foreach (var letter in page.Where(static letter => letter.EventId is null))
        {
            if (reader.TryRead(Encoding.UTF8.GetBytes(letter.Payload ?? ""), out var interaction, out var error, place: letter.Id))
            {
                read.Add(letter);
                batch.Add(interaction);
            }
            else
            {
                refused.Add((letter, error));
            }
        }

        var outcomes = await intake.AppendAsync(batch, cancellationToken);
        for (var i = 0; i < read.Count; i++)
        {
            if (outcomes[i] == AppendOutcome.Conflict)
            {
                refused.Add((read[i], AppendCounts.ConflictError));
            }
            else
            {
                done.Add(read[i]); // Also what is from before an erasure: it may not be kept.
            }
        }

        await letters.RemoveAsync(done, cancellationToken);
        return refused;
    }
}

/// <summary>What a replay of many letters did.</summary>
/// <param name="Replayed">Gone from the dead letters: pending again, taken in, or from before an erasure.</param>
/// <param name="Refused">Still refused, and kept.</param>
/// <param name="Refusals">The first that are still refused.</param>
public sealed record ReplayReport(long Replayed, long Refused, IReadOnlyList<ReplayRefusal> Refusals);

/// <summary>A letter that is still refused.</summary>
/// <param name="Id">Which.</param>
/// <param name="Field">The field that is wrong; empty when it is the whole.</param>
/// <param name="Message">What would be valid.</param>
public sealed record ReplayRefusal(string Id, string Field, string Message);
