using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Marketing.Domain.Ports;

/// <summary>A projection whose stored state was lost and that has to be built again from the log.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Reason">What happened, for operators: a sentence without a full stop.</param>
/// <param name="RebuiltAsync">Called after the rebuild: the store notes that it is complete.</param>
public sealed record LostProjection(string Projection, string Reason, Func<CancellationToken, Task> RebuiltAsync)
{
    /// <summary>
    /// Whether nothing was applied to the empty store before it was reported. A log whose interactions are all still pending then
    /// needs no rebuild: the projector applies every one of them.
    /// </summary>
    public bool WasEmptyAtStart { get; init; }
}

/// <summary>
/// Which projections are being rebuilt because their store was damaged, missing or of another log. Stores report a loss, one
/// worker rebuilds, and whoever answers says that the answer is incomplete meanwhile.
/// </summary>
/// <param name="isAttended">Whether a worker of this process rebuilds; a loss that nobody here makes good is not reported here.</param>
public sealed class LostProjections(bool isAttended = true)
{
    private readonly ConcurrentDictionary<string, LostProjection> _lost = new(StringComparer.Ordinal);
    private readonly Channel<bool> _reported = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Those that are not yet rebuilt.</summary>
    public IReadOnlyCollection<LostProjection> All => [.. _lost.Values];

    /// <summary>
    /// Whether this data directory has lost projections before, or is losing them now: what is there belongs to a real log, and
    /// is no place for sample data.
    /// </summary>
    public bool HasHistory { get; private set; }

    /// <summary>Whether a projection is being rebuilt. Cheap: every answer asks.</summary>
    public bool IsRebuilding(string projection) => !_lost.IsEmpty && _lost.ContainsKey(projection);

    /// <summary>Reports a loss. A projection that is lost again while it is being rebuilt is rebuilt again.</summary>
    public void Report(LostProjection loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        HasHistory |= !loss.WasEmptyAtStart;
        if (isAttended)
        {
            _lost[loss.Projection] = loss;
            _reported.Writer.TryWrite(true);
        }
    }

    /// <summary>Notes that the data directory holds what an earlier loss has left.</summary>
    public void NoteHistory() => HasHistory = true;

    /// <summary>Whether nothing has been reported of the projection since this loss.</summary>
    public bool IsCurrent(LostProjection loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return _lost.TryGetValue(loss.Projection, out var current) && ReferenceEquals(current, loss);
    }

    /// <summary>Notes that a loss has been made good; one that was reported since stays.</summary>
    /// <returns>Whether the projection is whole now.</returns>
    public bool Rebuilt(LostProjection loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return _lost.TryRemove(new KeyValuePair<string, LostProjection>(loss.Projection, loss));
    }

    /// <summary>Waits until a loss is reported.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _reported.Reader.ReadAsync(cancellationToken);
}
