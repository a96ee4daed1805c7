using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Marketing.Domain.Ports;

/// <summary>A projection whose stored state was lost and must be rebuilt from the log.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Reason">What happened, for operators; a sentence without a period.</param>
/// <param name="RebuiltAsync">Called after the rebuild, so that the store can record that it is complete.</param>
public sealed record LostProjection(string Projection, string Reason, Func<CancellationToken, Task> RebuiltAsync)
{
    /// <summary>
    /// Whether nothing was applied to the empty store before it was reported. If every interaction in the log is still pending,
    /// no rebuild is needed then: the projector applies them all.
    /// </summary>
    public bool WasEmptyAtStart { get; init; }
}

/// <summary>
/// Tracks projections that are being rebuilt because their store is damaged, missing or from another log. Stores report a
/// loss, one worker rebuilds, and answers say that they are incomplete in the meantime.
/// </summary>
/// <param name="isAttended">Whether a worker in this process rebuilds; otherwise losses are not tracked here.</param>
public sealed class LostProjections(bool isAttended = true)
{
    private readonly ConcurrentDictionary<string, LostProjection> _lost = new(StringComparer.Ordinal);
    private readonly Channel<bool> _reported = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Projections not yet rebuilt.</summary>
    public IReadOnlyCollection<LostProjection> All => [.. _lost.Values];

    /// <summary>
    /// Whether this data directory has ever lost a projection; if so, it belongs to a real log and must not get sample data.
    /// </summary>
    public bool HasHistory { get; private set; }

    /// <summary>Whether the projection is being rebuilt; cheap, because every answer checks it.</summary>
    public bool IsRebuilding(string projection) => !_lost.IsEmpty && _lost.ContainsKey(projection);

    /// <summary>Reports a loss; a projection lost again during its rebuild is rebuilt again.</summary>
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

    /// <summary>Records that the data directory has traces of an earlier loss.</summary>
    public void NoteHistory() => HasHistory = true;

    /// <summary>Whether this is still the latest loss reported for the projection.</summary>
    public bool IsCurrent(LostProjection loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return _lost.TryGetValue(loss.Projection, out var current) && ReferenceEquals(current, loss);
    }

    /// <summary>Marks a loss as rebuilt, unless a newer loss was reported.</summary>
    /// <returns>Whether the projection is now complete.</returns>
    public bool Rebuilt(LostProjection loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return _lost.TryRemove(new KeyValuePair<string, LostProjection>(loss.Projection, loss));
    }

    /// <summary>Waits until a loss is reported.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _reported.Reader.ReadAsync(cancellationToken);
}
