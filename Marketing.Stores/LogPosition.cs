namespace Marketing.Stores;

/// <summary>What a projection's file keeps of the log that it was made from.</summary>
/// <param name="LogId">The log's identity; null: none is noted.</param>
/// <param name="Sequence">The highest number of an interaction that the file may hold; 0 when the log does not number.</param>
/// <param name="IsComplete">Whether the file has been filled; false: a rebuild was begun, or is still to begin.</param>
internal sealed record LogMark(string? LogId, long Sequence, bool IsComplete);

/// <summary>
/// Which log this process works on, and how far it has seen it. The log's store sets it when it is opened; the projections'
/// files keep it, so that a log that was lost, replaced or cut off is noticed at the next start.
/// </summary>
internal sealed class LogPosition
{
    private long _sequence;

    /// <summary>The log's identity; null until the log is opened.</summary>
    public string? LogId { get; private set; }

    /// <summary>Whether the log numbers its interactions, so that one that was cut off can be told.</summary>
    public bool IsNumbered { get; private set; }

    /// <summary>The number of the last interaction that this process has seen in the log.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    /// <summary>Notes which log was opened.</summary>
    /// <param name="logId">Its identity.</param>
    /// <param name="lastSequence">The last number that was given; null when the log does not number.</param>
    public void Opened(string logId, long? lastSequence)
    {
        LogId = logId;
        IsNumbered = lastSequence is not null;
        Volatile.Write(ref _sequence, lastSequence ?? 0);
    }

    /// <summary>Notes that interactions up to a number were read: a projection may hold them from now on.</summary>
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
