namespace Marketing.Ingest.Progress;

/// <summary>Records a second and the time left, from how it went so far.</summary>
internal sealed class ProgressRate(TimeProvider time, long? length, long doneBefore)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long? _firstPosition;

    /// <summary>Records a second since the start.</summary>
    public double PerSecond(long records)
    {
        var seconds = time.GetElapsedTime(_startedAt).TotalSeconds;
        return seconds > 0 ? (records - doneBefore) / seconds : 0;
    }

    /// <summary>Part that is done, 0 to 1; null when nobody knows.</summary>
    public double? Part(long position) => length > 0 ? Math.Min(1, (double)position / length.Value) : null;

    /// <summary>Time left at the pace so far; null when nobody knows.</summary>
    public TimeSpan? Left(long position)
    {
        _firstPosition ??= doneBefore > 0 ? position : 0; // What an earlier run has read takes no time.
        var read = position - _firstPosition.Value;
        return length is { } all && read > 0
            ? time.GetElapsedTime(_startedAt) * ((double)Math.Max(0, all - position) / read)
            : null;
    }
}
