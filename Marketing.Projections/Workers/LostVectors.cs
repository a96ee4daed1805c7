using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Projections.Workers;

/// <summary>
/// An index that was opened with another model or dimension, or whose file is gone, is empty while the log is not. All chats are
/// then made pending again before the projector claims any: should the process die half-way, the index is still empty, and the
/// next start begins again.
/// </summary>
internal sealed class LostVectors(
    IInteractionLog log, IInteractionQueue queue, IVectorIndex index, LostProjections lost, ILogger<LostVectors> logger)
{
    private const int BatchSize = 2_000;

    /// <returns>How many chats were made pending again.</returns>
    public async Task<long> RequeueAsync(CancellationToken cancellationToken)
    {
        // A store that keeps note of its own loss is rebuilt beside the queue; see RecoveryWorker.
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
