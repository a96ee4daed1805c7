using System.Collections.Concurrent;
using Marketing.Recommender.Model;

namespace Marketing.Recommender.Pipeline;

/// <summary>
/// The users whom an answer was computed for lately: nobody else can have one in the cache. The cache remembers every tag that was ever
/// invalidated, so that a bulk import of users whom nobody asks for would cost it time and memory for nothing.
/// </summary>
/// <param name="period">How long a user is remembered at least; at most twice as long.</param>
internal sealed class RecentUsers(TimeSpan period)
{
    private readonly Lock _lock = new();
    private volatile Generations _generations = new([], [], Environment.TickCount64);

    public void Add(UserId user)
    {
        var now = _generations;
        // The memory cache keeps the system's time whatever the TimeProvider, and so does this.
        if (Environment.TickCount64 - now.Since >= period.TotalMilliseconds)
        {
            now = Turn();
        }

        now.Current[user] = true;
    }

    public bool Contains(UserId user)
    {
        var now = _generations;
        return now.Current.ContainsKey(user) || now.Previous.ContainsKey(user);
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
        ConcurrentDictionary<UserId, bool> Current, ConcurrentDictionary<UserId, bool> Previous, long Since);
}
