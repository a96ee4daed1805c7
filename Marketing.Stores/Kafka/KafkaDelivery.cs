using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>Tracks messages produced together until the broker has answered for each.</summary>
internal sealed class KafkaDelivery(int count)
{
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = count;
    private Error? _error;

    /// <summary>Completes when all are acknowledged; fails with the first error once all are answered.</summary>
    public Task Acknowledged => _acknowledged.Task;

    /// <summary>Called on the client's thread, once per message.</summary>
    public void Report(DeliveryReport<byte[], byte[]> report)
    {
        if (report.Error.IsError)
        {
            Interlocked.CompareExchange(ref _error, report.Error, null);
        }

        if (Interlocked.Decrement(ref _left) > 0)
        {
            return;
        }

        if (_error is { } error)
        {
            _acknowledged.TrySetException(new KafkaException(error));
        }
        else
        {
            _acknowledged.TrySetResult();
        }
    }
}
