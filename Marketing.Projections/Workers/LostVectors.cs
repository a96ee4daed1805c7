using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Projections.Workers;

/// <summary>
/// An index opened with another model or dimension, or whose file is gone, is empty while the log is not. All chats are then requeued
/// before the projector claims any, so that if the process dies halfway, the index is still empty and the next start begins again.
/// </summary>
internal sealed class LostVectors(
    IInteractionLog log, IInteractionQueue queue, IVectorIndex index, LostProjections lost, ILogger<LostVectors> logger)
{
    private const int BatchSize = 2_000;

    /// <returns>The number of chats requeued.</returns>
    public async Task<long> RequeueAsync(CancellationToken cancellationToken)
    {
        // A store that tracks its own loss is rebuilt outside the queue; see RecoveryWorker.
        if (lost.IsRebuilding(ProjectionNames.Vectors) || await index.CountAsync(cancellationToken) > 0)
        {
            return 0;
        }

        var chats = (await log.StatisticsAsync(cancellationToken)).ChatsWithText;
        if (chats == 0 || (await queue.BacklogAsync(cancellationToken)).Pending >= chats)
        {
            return 0;
        }

        Log.Refilling(logger, chats);
        long requeued = 0;
        await foreach (var batch in log.ScanAsync(BatchSize, cancellationToken))
        {
            EventId[] ids = [.. batch.Where(one => one.Text is not null).Select(one => one.Id)];
            await queue.RequeueAsync(ids, cancellationToken);
            requeued += ids.Length;
        }

        return requeued;
    }
}
