using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>
/// Stands still at the time when the message that is being read came to Kafka. One without a time of its own gets that one, and
/// an id that follows from it: read again tomorrow, it is the same interaction.
/// </summary>
internal sealed class ArrivalClock(TimeProvider time) : TimeProvider
{
    private DateTimeOffset? _arrived;

    /// <summary>A message cannot have come later than now, whatever its producer's clock says.</summary>
    public void SetTo(Timestamp arrival)
    {
        var now = time.GetUtcNow();
        var arrived = arrival.Type == TimestampType.NotAvailable ? now : arrival.UtcDateTime;
        _arrived = arrived < now ? arrived : now;
    }

    public override DateTimeOffset GetUtcNow() => _arrived ?? time.GetUtcNow();
}
