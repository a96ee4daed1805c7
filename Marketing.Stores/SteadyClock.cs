namespace Marketing.Stores;

/// <summary>
/// The time of day that goes on steadily while the process runs, whatever somebody does to the system's clock: leases and delays
/// are given and judged by it, so that a clock set back or ahead neither prolongs nor ends one.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    /// <summary>The time at the start of the process and how long it has run since.</summary>
    public DateTimeOffset GetUtcNow() => _startedAt + time.GetElapsedTime(_started);
}
