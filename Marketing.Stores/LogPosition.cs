namespace Marketing.Stores;

/// <summary>What a projection's file records about the log that it was made from.</summary>
/// <param name="LogId">The log's identity; null when none is recorded.</param>
/// <param name="Sequence">The highest sequence number that the file may contain; 0 when the log has no numbers.</param>
/// <param name="IsComplete">Whether the file has been filled; false while a rebuild is pending or running.</param>
internal sealed record LogMark(string? LogId, long Sequence, bool IsComplete);

/// <summary>
/// The log's identity and the last sequence number that this process has seen. The log's store sets them on open, and the projections'
/// files record them, so that the next startup detects a log that was lost, replaced or truncated.
/// </summary>
internal sealed class LogPosition
{
    private long _sequence;

    /// <summary>The log's identity; null until the log is opened.</summary>
    public string? LogId { get; private set; }

    /// <summary>Whether the log numbers its interactions, so that truncation can be detected.</summary>
    public bool IsNumbered { get; private set; }

    /// <summary>The last sequence number that this process has seen in the log.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Records which log was opened.</summary>
    /// <param name="logId">The log's identity.</param>
    /// <param name="lastSequence">The last assigned number; null when the log has no numbers.</param>
    public void Opened(string logId, long? lastSequence)
    {
        LogId = logId;
        IsNumbered = lastSequence is not null;
        Volatile.Write(ref _sequence, lastSequence ?? 0);
    }

    /// <summary>Records that interactions up to a number were read, so that a projection may contain them from now on.</summary>
    public void Saw(long sequence)
    {
        long before = Volatile.Read(ref _sequence);
        while (sequence > before)
        {
            long found = Interlocked.CompareExchange(ref _sequence, sequence, before);
            if (found == before)
            {
                return;
            }

            before = found;
        }
    }
}
