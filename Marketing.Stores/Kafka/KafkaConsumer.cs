using Confluent.Kafka;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Kafka;

/// <summary>
/// Reads the topic into the log. It appends a batch before it commits the offsets, so that after a crash in between the batch is read
/// again and the log drops the duplicates. While the log is down or the projections are too far behind, it pauses its partitions, which
/// keeps the consumer in its group.
/// </summary>
internal sealed class KafkaConsumer(
    IConsumer<byte[], byte[]> consumer,
    KafkaDeadLetters deadLetters,
    InteractionLimits limits,
    InteractionIngestion ingestion,
    IInteractionQueue queue,
    IOptions<KafkaOptions> options,
    TimeProvider time,
    ILogger<KafkaConsumer> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly KafkaOptions _options = options.Value;
    private readonly Dictionary<TopicPartition, Offset> _safe = [];
    private readonly ArrivalClock _arrival = new(time);
    private InteractionReader? _reader;

    /// <summary>
    /// A reader with wider limits than the API: JSON that the API accepted may have grown, because an escaped character takes up to six
    /// bytes, and the clock here may be behind.
    /// </summary>
    private InteractionReader Reader => _reader ??= new(
        limits with { MaxInteractionBytes = (6 * limits.MaxInteractionBytes) + 1024, MaxAhead = 2 * limits.MaxAhead }, _arrival);

    /// <summary>Runs on its own thread, because the client's calls block.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => RunAsync(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private async Task RunAsync(CancellationToken stopping)
    {
        consumer.Subscribe(_options.Topic);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await HoldWhileBehindAsync(stopping);
                var batch = Collect(stopping);
                if (batch.Count > 0)
                {
                    await KeepAsync(batch, stopping);
                }

                Commit(batch);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped: whoever takes over the partitions reads again what was not committed.
        }
        finally
        {
            consumer.Close();
        }
    }

    private KafkaBatch Collect(CancellationToken stopping)
    {
        var batch = new KafkaBatch();
        var started = time.GetTimestamp();
        var wait = Poll;
        while (batch.Count < _options.BatchSize && wait >= TimeSpan.Zero && !stopping.IsCancellationRequested)
        {
            if (Consume(wait) is { } message)
            {
                _arrival.SetTo(message.Message.Timestamp);
                batch.Add(message, Reader);
            }

            wait = (batch.Count == 0 ? Poll : _options.Linger) - time.GetElapsedTime(started);
        }

        return batch;
    }

    private ConsumeResult<byte[], byte[]>? Consume(TimeSpan wait)
    {
        try
        {
            return consumer.Consume(wait);
        }
        catch (KafkaException exception) when (!exception.Error.IsFatal)
        {
            Log.ConsumeFailed(logger, exception.Error.Code);
            return null;
        }
    }

    private async Task KeepAsync(KafkaBatch batch, CancellationToken stopping)
    {
        using var activity = KafkaTrace.StartConsume(batch);
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                var outcomes = await ingestion.AppendAsync(batch.Interactions, stopping);
                await deadLetters.AddAsync([.. batch.Rejected, .. batch.Conflicts(outcomes)], stopping);
                ingestion.CountRejected(batch.Rejected.Count);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                Log.LogUnavailable(logger, batch.Count, exception.GetType().Name);
                Hold(_options.RetryDelay, stopping);
            }
        }
    }

    private async Task HoldWhileBehindAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && await PendingAsync(stopping) > _options.MaxPending)
        {
            Hold(_options.RetryDelay, stopping);
        }
    }

    private async Task<long> PendingAsync(CancellationToken stopping)
    {
        try
        {
            return (await queue.BacklogAsync(stopping)).Pending;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return 0; // the append notices a log that is down, and waits for it
        }
    }

    /// <summary>Stays a live member of the group for a while without consuming.</summary>
    private void Hold(TimeSpan duration, CancellationToken stopping)
    {
        consumer.Pause(consumer.Assignment);
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < duration && !stopping.IsCancellationRequested)
        {
            if (Consume(Poll) is { } message)
            {
                // The partition was just assigned and is not paused yet: read the message again later.
                consumer.Seek(message.TopicPartitionOffset);
                consumer.Pause(consumer.Assignment);
            }
        }

        consumer.Resume(consumer.Assignment);
    }

    /// <summary>Commits the offsets of this batch and those that earlier commits failed on.</summary>
    private void Commit(KafkaBatch batch)
    {
        foreach (var (partition, next) in batch.Next)
        {
            _safe[partition] = next;
        }

        if (_safe.Count == 0)
        {
            return;
        }

        // Another worker may have taken a partition over and be further ahead, so do not commit for it. It reads again what we did not
        // commit, and the log drops the duplicates.
        var assigned = consumer.Assignment.ToHashSet();
        foreach (var partition in _safe.Keys.Where(partition => !assigned.Contains(partition)).ToList())
        {
            _safe.Remove(partition);
        }

        try
        {
            consumer.Commit(_safe.Select(entry => new TopicPartitionOffset(entry.Key, entry.Value)));
            _safe.Clear();
        }
        catch (KafkaException exception) when (!exception.Error.IsFatal)
        {
            // The commit may fail while partitions move; the next iteration retries it.
            Log.NotCommitted(logger, _safe.Count, exception.Error.Code);
        }
    }
}
