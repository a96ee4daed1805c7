using System.Threading.Channels;

namespace Marketing.Projections.Workers;

/// <summary>
/// Notifies the projector in the same process of an append, so that it need not wait for its next poll. Several notifications before
/// a wait count as one, because the projector empties the queue whenever it wakes.
/// </summary>
public sealed class PendingSignal(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Signals that something is pending; cheap and never blocks.</summary>
    public void Notify() => _channel.Writer.TryWrite(true);

    /// <summary>Waits for a notification, or at most for <paramref name="timeout"/>, because another process may have appended.</summary>
    /// <returns>True if notified, false on timeout.</returns>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_channel.Reader.TryRead(out _))
        {
            return true;
        }

        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
