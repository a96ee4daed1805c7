using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Workers;

namespace Marketing.Projections.Ingestion;

/// <summary>Replays dead letters: logged interactions are projected again, raw input is ingested again.</summary>
public sealed class DeadLetterReplay(
    IDeadLetters letters, IInteractionQueue queue, InteractionReader reader, InteractionIngestion ingestion, PendingSignal signal, TimeProvider time)
{
    private const int PageSize = 500;
    private const int MaxListed = 100;

    /// <summary>Replays a dead letter and removes it if it is accepted.</summary>
    /// <returns>Null if it was replayed, otherwise why it is still rejected.</returns>
    public async Task<FieldError?> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken) =>
        (await ReplayAsync([letter], cancellationToken)) is [var (_, error)] ? error : null;

    /// <summary>Replays every dead letter that matches the filter and failed before now.</summary>
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

    /// <returns>The dead letters that are still rejected.</returns>
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

        var outcomes = await ingestion.AppendAsync(batch, cancellationToken);
        for (var i = 0; i < read.Count; i++)
        {
            if (outcomes[i] == AppendOutcome.Conflict)
            {
                refused.Add((read[i], AppendCounts.ConflictError));
            }
            else
            {
                done.Add(read[i]); // Also if it predates an erasure, because then it must not be kept.
            }
        }

        await letters.RemoveAsync(done, cancellationToken);
        return refused;
    }
}

/// <summary>The result of replaying dead letters.</summary>
/// <param name="Replayed">Removed: pending again, ingested, or from before an erasure.</param>
/// <param name="Refused">Still rejected, and kept.</param>
/// <param name="Refusals">The first ones still rejected.</param>
public sealed record ReplayReport(long Replayed, long Refused, IReadOnlyList<ReplayRefusal> Refusals);

/// <summary>A dead letter that is still rejected.</summary>
/// <param name="Id">The dead letter's id.</param>
/// <param name="Field">The invalid field; empty for the whole.</param>
/// <param name="Message">What would be valid.</param>
public sealed record ReplayRefusal(string Id, string Field, string Message);
