using System.Text;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Projections;

namespace Marketing.Recommender.Ingestion;

/// <summary>Gives what was set aside a second chance: what is in the log is projected again, what never got there is read again.</summary>
public sealed class DeadLetterReplay(
    IDeadLetters letters, IInteractionQueue queue, InteractionReader reader, InteractionIntake intake, PendingSignal signal)
{
    /// <summary>Replays a letter. It is removed once it is pending again, and kept when it is still refused.</summary>
    /// <returns>Null when it was replayed, or why it is still refused.</returns>
    public async Task<FieldError?> ReplayAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        if (letter.EventId is { } id)
        {
            await queue.RequeueAsync([id], cancellationToken);
            signal.Notify();
        }
        else if (reader.TryRead(Encoding.UTF8.GetBytes(letter.Payload ?? ""), out var interaction, out var error))
        {
            var outcome = (await intake.AppendAsync([interaction], cancellationToken))[0];
            if (outcome == AppendOutcome.Conflict)
            {
                return AppendCounts.ConflictError;
            }
        }
        else
        {
            return error;
        }

        await letters.RemoveAsync(letter.Id, cancellationToken);
        return null;
    }
}
