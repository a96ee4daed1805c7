using System.Threading.Channels;

namespace Marketing.Projections.Workers;

/// <summary>
/// Tells the projector of the same process that something was appended, so that it need not wait for its next poll.
/// Any number of notifications before a wait are one: the projector empties the queue whenever it wakes.
/// </summary>
public sealed class PendingSignal(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that something is pending. Costs nothing and never blocks.</summary>
    public void Notify() => _channel.Writer.TryWrite(true);

    /// <summary>Waits until something is pending, or for at most <paramref name="timeout"/>: another process may have appended.</summary>
    /// <returns>True when notified, false when the time was up.</returns>
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
