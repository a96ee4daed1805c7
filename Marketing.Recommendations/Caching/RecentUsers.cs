using System.Collections.Concurrent;
using Marketing.Domain;

namespace Marketing.Recommendations.Caching;

/// <summary>
/// The users whom an answer was computed for lately: nobody else can have one in the cache. The cache remembers every tag that was ever
/// invalidated, so that a bulk import of users whom nobody asks for would cost it time and memory for nothing.
/// </summary>
/// <remarks>
/// It also tells an answer that was being computed that what it was made of has changed meanwhile: the cache itself keeps such an answer,
/// as if it had been computed after the invalidation.
/// </remarks>
/// <param name="period">How long a user is remembered at least; at most twice as long.</param>
internal sealed class RecentUsers(TimeSpan period)
{
    private readonly Lock _lock = new();
    private volatile Generations _generations = new([], [], Environment.TickCount64);

    /// <returns>What changes with every invalidation from now on.</returns>
    public Mark Add(UserId user)
    {
        var now = _generations;
        // The memory cache keeps the system's time whatever the TimeProvider, and so does this.
        if (Environment.TickCount64 - now.Since >= period.TotalMilliseconds)
        {
            now = Turn();
        }

        return now.Current.GetOrAdd(user, static _ => new Mark());
    }

    /// <returns>Whether somebody may have an answer for the user.</returns>
    public bool Invalidate(UserId user)
    {
        var now = _generations;
        var isCurrent = now.Current.TryGetValue(user, out var current);
        var isPrevious = now.Previous.TryGetValue(user, out var previous);
        current?.Increment();
        previous?.Increment();
        return isCurrent || isPrevious;
    }

    /// <summary>Tells every answer that is being computed.</summary>
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

    /// <summary>How often a user's answers were invalidated.</summary>
    public sealed class Mark
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Increment() => Interlocked.Increment(ref _count);
    }
}
