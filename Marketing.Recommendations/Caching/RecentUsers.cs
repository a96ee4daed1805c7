using System.Collections.Concurrent;
using Marketing.Domain;

namespace Marketing.Recommendations.Caching;

/// <summary>
/// Users for whom an answer was computed recently; no one else can have a cached answer from this process. The cache remembers
/// every tag that was ever invalidated, so a bulk import of users without answers would waste its time and memory.
/// </summary>
/// <remarks>
/// Also detects invalidations during a computation, because the cache stores such an answer as if it were computed afterward.
/// </remarks>
/// <param name="period">The minimum time a user is remembered.</param>
internal sealed class RecentUsers(TimeSpan period)
{
    private readonly Lock _lock = new();
    private volatile Generations _generations = new([], [], Environment.TickCount64);

    /// <returns>A counter of the user's invalidations.</returns>
    public Mark Add(UserId user)
    {
        var now = _generations;
        // The memory cache uses system time, whatever the TimeProvider, so this does too.
        if (Environment.TickCount64 - now.Since >= period.TotalMilliseconds)
        {
            now = Turn();
        }

        return now.Current.GetOrAdd(user, static _ => new Mark());
    }

    /// <returns>Whether the user may have a cached answer.</returns>
    public bool Invalidate(UserId user)
    {
        var now = _generations;
        var isCurrent = now.Current.TryGetValue(user, out var current);
        var isPrevious = now.Previous.TryGetValue(user, out var previous);
        current?.Increment();
        previous?.Increment();
        return isCurrent || isPrevious;
    }

    /// <summary>Marks every answer being computed as stale.</summary>
    public void InvalidateAll()
    {
        var now = _generations;
        foreach (var mark in now.Current.Values.Concat(now.Previous.Values))
        {
            mark.Increment();
        }
    }

    private Generations Turn()
    {
        lock (_lock)
        {
            var now = _generations;
            return Environment.TickCount64 - now.Since < period.TotalMilliseconds
                ? now
                : _generations = new Generations([], now.Current, Environment.TickCount64);
        }
    }

    private sealed record Generations(
        ConcurrentDictionary<UserId, Mark> Current, ConcurrentDictionary<UserId, Mark> Previous, long Since);

    /// <summary>Counts the invalidations of a user's answers.</summary>
    public sealed class Mark
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Increment() => Interlocked.Increment(ref _count);
    }
}
