using System.Collections.Concurrent;

namespace Marketing.Domain.Ports;

/// <summary>
/// The outcome of the last real read and write of each store. Health checks report these, because a probe can succeed while
/// every request fails.
/// </summary>
public sealed class StoreOutcomes(TimeProvider time)
{
    /// <summary>The log's name among the stores; projections use the names in <c>ProjectionNames</c>.</summary>
    public const string Log = "log";

    /// <summary>The name of the audit trail.</summary>
    public const string Audit = "audit";

    private readonly ConcurrentDictionary<string, StoreOutcome> _reads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoreOutcome> _writes = new(StringComparer.Ordinal);

    /// <summary>Returns the outcome of the last read.</summary>
    public StoreOutcome Reads(string store) => Of(_reads, store);

    /// <summary>Returns the outcome of the last write.</summary>
    public StoreOutcome Writes(string store) => Of(_writes, store);

    private StoreOutcome Of(ConcurrentDictionary<string, StoreOutcome> outcomes, string store) =>
        outcomes.TryGetValue(store, out var outcome) ? outcome : outcomes.GetOrAdd(store, _ => new StoreOutcome(time));
}

/// <summary>The outcome of the last call of one kind; thread-safe, last writer wins.</summary>
public sealed class StoreOutcome(TimeProvider time)
{
    private StoreFailure? _failure;
    private long _succeededAt;

    /// <summary>The last call's failure; null if it succeeded or there was none.</summary>
    public StoreFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Time since the last success or failure; null if there was no call.</summary>
    public TimeSpan? Age
    {
        get
        {
            var at = Math.Max(Volatile.Read(ref _succeededAt), Failure?.At ?? 0);
            return at == 0 ? null : time.GetElapsedTime(at);
        }
    }

    /// <summary>Returns the time since the failed call.</summary>
    public TimeSpan AgeOf(StoreFailure failure) => time.GetElapsedTime((failure ?? throw new ArgumentNullException(nameof(failure))).At);

    /// <summary>Records a success.</summary>
    public void Succeeded()
    {
        Volatile.Write(ref _succeededAt, time.GetTimestamp());
        if (_failure is not null)
        {
            Volatile.Write(ref _failure, null);
        }
    }

    /// <summary>Runs a call and records its outcome, except when the caller cancels, which says nothing about the store.</summary>
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

    /// <summary>Records a failure.</summary>
    public void Failed(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Volatile.Write(ref _failure, new StoreFailure(error.GetType().Name, time.GetTimestamp()));
    }
}

/// <summary>A failed call.</summary>
/// <param name="Error">The exception type only, because its message could quote a chat.</param>
/// <param name="At">A timestamp from <see cref="TimeProvider.GetTimestamp"/>.</param>
public sealed record StoreFailure(string Error, long At);
