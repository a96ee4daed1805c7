using System.Globalization;
using System.IO.Pipelines;

namespace Marketing.Projections.Ingestion;

/// <summary>One request's share of the budget, and its timeouts; not thread-safe, and dispose returns the share.</summary>
public sealed class IngestShare : IDisposable
{
    private readonly IngestBudget _budget;
    private readonly TimeSpan _idle;
    private readonly TimeSpan _whole;
    private readonly TimeProvider _time;
    private readonly long _opened;
    private long _counted;

    internal IngestShare(IngestBudget budget, TimeSpan idle, TimeSpan whole, TimeProvider time)
    {
        (_budget, _idle, _whole, _time) = (budget, idle, whole, time);
        _opened = time.GetTimestamp();
    }

    /// <summary>Sets how many bytes the request holds.</summary>
    /// <exception cref="IngestOverloadException">The budget is used up.</exception>
    public void Hold(long bytes)
    {
        var counted = Math.Max(0, bytes - IngestBudget.FreeBytes);
        _budget.Change(counted - _counted);
        _counted = counted;
    }

    /// <summary>Reads on, within the sender's timeouts.</summary>
    /// <exception cref="SlowBodyException">Nothing arrived within the idle timeout, or the whole body took too long.</exception>
    public ValueTask<ReadResult> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var left = _whole == Timeout.InfiniteTimeSpan ? _idle : _whole - _time.GetElapsedTime(_opened);
        if (left <= TimeSpan.Zero)
        {
            throw Slow(_whole);
        }

        var read = body.ReadAsync(cancellationToken);
        return read.IsCompleted ? read : WaitAsync(body, read.AsTask(), left < _idle ? left : _idle, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => Hold(0);

    private async ValueTask<ReadResult> WaitAsync(PipeReader body, Task<ReadResult> read, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            return await read.WaitAsync(wait, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            body.CancelPendingRead();
            var late = await read;
            if (!late.IsCanceled)
            {
                return late; // The data arrived after all.
            }

            body.AdvanceTo(late.Buffer.Start);
            throw Slow(wait);
        }
    }

    private static SlowBodyException Slow(TimeSpan limit) => new(string.Create(CultureInfo.InvariantCulture,
        $"The body arrived too slowly: it stalled or was still incomplete after {limit.TotalSeconds:0.#} s (IdleTimeout, BodyTimeout)."));
}
