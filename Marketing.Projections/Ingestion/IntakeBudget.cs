using System.Globalization;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// How many bytes of all requests together may be in memory at once. Limits of one request do not bound many of them: sixty
/// unfinished bodies of 16 MiB are a gigabyte. The first bytes of each are not counted, so that small requests go on while
/// large ones use the budget up.
/// </summary>
public sealed class IntakeBudget(InteractionLimits limits, TimeProvider time)
{
    /// <summary>Bytes of a request that are not counted; the limit of connections bounds them.</summary>
    public const int FreeBytes = 64 * 1024;

    private long _held;

    /// <summary>Bytes that are counted now.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>The share of a request whose body is taken in as it comes.</summary>
    public IntakeShare OpenStream() => new(this, limits.IdleTimeout, Timeout.InfiniteTimeSpan, time);

    /// <summary>The share of a request whose body is held to its end.</summary>
    public IntakeShare OpenBody() => new(this, limits.IdleTimeout, limits.BodyTimeout, time);

    /// <summary>Counts more bytes, or less.</summary>
    /// <exception cref="IntakeOverloadException">There is no room.</exception>
    internal void Change(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) > limits.MaxBytesInFlight && bytes > 0)
        {
            Interlocked.Add(ref _held, -bytes);
            throw new IntakeOverloadException(string.Create(CultureInfo.InvariantCulture,
                $"The server holds as many bytes of unfinished requests as it may ({limits.MaxBytesInFlight}, MaxBytesInFlight)."));
        }
    }
}

/// <summary>A request cannot be read on, because others hold all the memory there is for it. The message is for the caller.</summary>
public sealed class IntakeOverloadException(string sentence) : Exception(sentence);

/// <summary>A body did not arrive in time. The message is for the caller.</summary>
public sealed class SlowBodyException(string sentence) : Exception(sentence);
