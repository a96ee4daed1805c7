using System.Collections.Concurrent;

namespace Marketing.Benchmarks.Kill;

/// <summary>The clients' record of which interactions were acknowledged and which users were erased.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Entry> _users = new();
    private readonly ConcurrentQueue<string> _written = new();

    public int AcknowledgedErasures => _users.Values.Count(user => user.Erasure == Erasure.Acknowledged);

    /// <summary>Records that a batch of a user was acknowledged.</summary>
    public void Acknowledge(string userId, IEnumerable<string> eventIds)
    {
        var user = _users.GetOrAdd(userId, static _ => new Entry());
        lock (user.EventIds)
        {
            user.EventIds.UnionWith(eventIds);
        }
    }

    /// <summary>Records that a user is fully written and can be erased.</summary>
    public void Complete(string userId) => _written.Enqueue(userId);

    /// <summary>Takes a user who is fully written.</summary>
    public bool TryTakeComplete(out string userId) => _written.TryDequeue(out userId!);

    /// <summary>Records an erasure: first requested (until it is acknowledged, either outcome is correct), then acknowledged.</summary>
    public void Erase(string userId, bool acknowledged) =>
        _users[userId].Erasure = acknowledged ? Erasure.Acknowledged : Erasure.Requested;

    /// <summary>Compares the ledger with every event id in the log, by user.</summary>
    public LedgerComparison Compare(IReadOnlyDictionary<string, Dictionary<string, int>> log)
    {
        var none = new Dictionary<string, int>();
        long acknowledged = 0, found = 0, resurrected = 0;
        foreach (var (userId, user) in _users)
        {
            var stored = log.GetValueOrDefault(userId, none);
            switch (user.Erasure)
            {
                case Erasure.None:
                    acknowledged += user.EventIds.Count;
                    found += user.EventIds.Count(stored.ContainsKey);
                    break;
                case Erasure.Acknowledged:
                    resurrected += stored.Count;
                    break;
                default:
                    break;
            }
        }

        var duplicated = log.Values.Sum(events => events.Values.Count(times => times > 1));
        return new LedgerComparison(acknowledged, found, duplicated, resurrected);
    }

    private enum Erasure
    {
        None,
        Requested,
        Acknowledged,
    }

    private sealed class Entry
    {
        public HashSet<string> EventIds { get; } = [];

        public Erasure Erasure { get; set; }
    }
}

/// <summary>The comparison of the log with the ledger.</summary>
/// <param name="Acknowledged">Acknowledged interactions of users who were not erased.</param>
/// <param name="Found">Acknowledged interactions that the log contains.</param>
/// <param name="Duplicated">Event ids that the log contains more than once.</param>
/// <param name="Resurrected">Interactions of users whose erasure was acknowledged.</param>
internal sealed record LedgerComparison(long Acknowledged, long Found, long Duplicated, long Resurrected)
{
    public long Lost => Acknowledged - Found;

    public bool IsClean => Lost == 0 && Duplicated == 0 && Resurrected == 0;
}
