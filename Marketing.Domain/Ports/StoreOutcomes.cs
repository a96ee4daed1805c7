using System.Collections.Concurrent;

namespace Marketing.Domain.Ports;

/// <summary>
/// How the last real reads and writes of each store went, noted where the product makes them. Health reports these: a probe that
/// succeeds says little while every request fails.
/// </summary>
public sealed class StoreOutcomes(TimeProvider time)
{
    /// <summary>The name of the log among the stores; the projections have the names of <c>ProjectionNames</c>.</summary>
    public const string Log = "log";

    private readonly ConcurrentDictionary<string, StoreOutcome> _reads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoreOutcome> _writes = new(StringComparer.Ordinal);

    /// <summary>How reading a store went.</summary>
    public StoreOutcome Reads(string store) => Of(_reads, store);

    /// <summary>How writing to a store went.</summary>
    public StoreOutcome Writes(string store) => Of(_writes, store);

    private StoreOutcome Of(ConcurrentDictionary<string, StoreOutcome> outcomes, string store) =>
        outcomes.TryGetValue(store, out var outcome) ? outcome : outcomes.GetOrAdd(store, _ => new StoreOutcome(time));
}

/// <summary>The outcome of the last call of one kind. Safe for any number of callers; the last one wins.</summary>
public sealed class StoreOutcome(TimeProvider time)
{
    private StoreFailure? _failure;
    private long _succeededAt;

    /// <summary>The failure of the last call; null when it succeeded, or when there was none.</summary>
    public StoreFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>How long ago a call last succeeded or failed; null when there was none.</summary>
    public TimeSpan? Age
    {
        get
        {
            var at = Math.Max(Volatile.Read(ref _succeededAt), Failure?.At ?? 0);
            return at == 0 ? null : time.GetElapsedTime(at);
        }
    }

    /// <summary>How long ago the failing call was.</summary>
    public TimeSpan AgeOf(StoreFailure failure) => time.GetElapsedTime((failure ?? throw new ArgumentNullException(nameof(failure))).At);

    /// <summary>Notes a call that succeeded.</summary>
    public void Succeeded()
    {
        Volatile.Write(ref _succeededAt, time.GetTimestamp());
        if (_failure is not null)
        {
            Volatile.Write(ref _failure, null);
        }
    }

    /// <summary>Makes a call and notes how it went; a caller who gave up says nothing of the store.</summary>
    public async Task<T> NoteAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            var result = await call();
            Succeeded();
            return result;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Failed(error);
            throw;
        }
    }

    /// <summary>Notes a call that failed.</summary>
    public void Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Volatile.Write(ref _failure, new StoreFailure(error.GetType().Name, time.GetTimestamp()));
    }
}

/// <summary>A call that failed.</summary>
/// <param name="Error">The error's type; its message could quote a chat.</param>
/// <param name="At">When, by <see cref="TimeProvider.GetTimestamp"/>.</param>
public sealed record StoreFailure(string Error, long At);
