using System.Globalization;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Bounds the bytes of all requests held in memory together; a per-request limit is not enough, because sixty unfinished bodies of
/// 16 MiB are a gigabyte. The first bytes of each request are free, so that small requests get through while large ones use up
/// the budget.
/// </summary>
public sealed class IngestBudget(InteractionLimits limits, TimeProvider time)
{
    /// <summary>Bytes per request that are not counted; the connection limit bounds them.</summary>
    public const int FreeBytes = 64 * 1024;

    private long _held;

    /// <summary>Bytes currently counted.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Opens a share for a request that is ingested as a stream.</summary>
    public IngestShare OpenStream() => new(this, limits.IdleTimeout, Timeout.InfiniteTimeSpan, time);

    /// <summary>Opens a share for a request whose body is held until it ends.</summary>
    public IngestShare OpenBody() => new(this, limits.IdleTimeout, limits.BodyTimeout, time);

    /// <summary>Changes the number of counted bytes, up or down.</summary>
    /// <exception cref="IngestOverloadException">The budget is used up.</exception>
    internal void Change(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > limits.MaxBytesInFlight && bytes > 0)
        {
            Interlocked.Add(ref _held, -bytes);
            throw new IngestOverloadException(string.Create(CultureInfo.InvariantCulture,
                $"The unfinished requests on this server use up its limit of {limits.MaxBytesInFlight} bytes (MaxBytesInFlight)."));
        }
    }
}

/// <summary>The memory budget is used up by other requests; the message is for the caller.</summary>
public sealed class IngestOverloadException(string sentence) : Exception(sentence);

/// <summary>A body did not arrive in time; the message is for the caller.</summary>
public sealed class SlowBodyException(string sentence) : Exception(sentence);
