using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>
/// A clock that shows when the message being read arrived in Kafka. A message without a time gets this one, and the id derived from it,
/// so that reading it again later yields the same interaction.
/// </summary>
internal sealed class ArrivalClock(TimeProvider time) : TimeProvider
{
    private DateTimeOffset? _arrived;

    /// <summary>Sets the arrival time, capped at now, because a producer's clock may run ahead.</summary>
    public void SetTo(Timestamp arrival)
    {
        var now = time.GetUtcNow();
        var arrived = arrival.Type == TimestampType.NotAvailable ? now : arrival.UtcDateTime;
        _arrived = arrived < now ? arrived : now;
    }

    public override DateTimeOffset GetUtcNow() => _arrived ?? time.GetUtcNow();
}
