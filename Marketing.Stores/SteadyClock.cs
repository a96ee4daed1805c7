namespace Marketing.Stores;

/// <summary>
/// The time of day, advanced by a monotonic clock from the start of the process. Leases and delays use it, so that setting the system clock
/// neither extends nor ends one.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();

    /// <summary>The time at process start plus the elapsed time since.</summary>
    public DateTimeOffset GetUtcNow() => _startedAt + time.GetElapsedTime(_started);
}
