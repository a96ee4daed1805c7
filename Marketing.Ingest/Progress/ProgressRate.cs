namespace Marketing.Ingest.Progress;

/// <summary>Computes records per second and the remaining time from the progress so far.</summary>
internal sealed class ProgressRate(TimeProvider time, long? length, long doneBefore)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long? _firstPosition;

    /// <summary>The records per second since the start.</summary>
    public double PerSecond(long records)
    {
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        return seconds > 0 ? (records - doneBefore) / seconds : 0;
    }

    /// <summary>The finished share, 0 to 1; null when unknown.</summary>
    public double? Part(long position) => length > 0 ? Math.Min(1, (double)position / length.Value) : null;

    /// <summary>The remaining time at the current rate; null when unknown.</summary>
    public TimeSpan? Left(long position)
    {
        _firstPosition ??= doneBefore > 0 ? position : 0; // Skipping what an earlier run imported takes no time.
        var read = position - _firstPosition.Value;
        return length is { } all && read > 0
            ? time.GetElapsedTime(_startedAt) * ((double)Math.Max(0, all - position) / read)
            : null;
    }
}
