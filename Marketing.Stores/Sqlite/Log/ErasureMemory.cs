using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// Remembers erasures as keyed hashes (<see cref="ErasureHash"/>), so that an erased user's old interactions are rejected when they
/// are sent again. Used on the writer's thread only.
/// </summary>
internal sealed class ErasureMemory
{
    private const string FindKey = "SELECT secret FROM erasure_key WHERE id = 1";
    private const string AddKey = "INSERT INTO erasure_key(id, secret) VALUES (1, ?1)";
    private const string FindUser = "SELECT erased_at FROM erased_users WHERE key = ?1";
    private const string FindEvent = "SELECT 1 FROM erased_events WHERE key = ?1";

    private const string AddUser =
        """
        INSERT INTO erased_users(key, erased_at) VALUES (?1, ?2)
        ON CONFLICT(key) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at)
        """;

    private const string AddEvent =
        """
        INSERT INTO erased_events(key, erased_at) VALUES (?1, ?2)
        ON CONFLICT(key) DO UPDATE SET erased_at = excluded.erased_at
        """;

    /// <summary>The number of cached users, a few MB; a full cache is cleared.</summary>
    private const int MaxKnown = 32_768;

    private readonly Dictionary<UserId, long?> _erasedAt = [];
    private ErasureHash? _hash;
    private long _erasures = -1;
    private bool _any;

    /// <summary>Returns the hash with the log's key on any thread; null if no key was needed so far.</summary>
    public static ErasureHash? ReadHash(SqliteSession session)
    {
        var row = session[FindKey];
        var hash = row.Step() ? new ErasureHash(row.Bytes(0).ToArray()) : null;
        row.Reset();
        return hash;
    }

    /// <summary>Returns the hash with the log's key, which the first caller creates.</summary>
    public ErasureHash HashOrNew(SqliteSession session) => Hash(session) ?? NewHash(session);

    /// <summary>Drops what was read in a transaction that was rolled back.</summary>
    public void Forget()
    {
        _hash = null;
        _erasures = -1;
    }

    /// <summary>Marks the interactions that predate an erasure of their user; null when there are none.</summary>
    public bool[]? FindErased(SqliteSession session, LogState state, IReadOnlyList<Interaction> interactions)
    {
        Refresh(session, state.Erasures);
        if (!_any)
        {
            return null;
        }

        bool[]? erased = null;
        for (int i = 0; i < interactions.Count; i++)
        {
            if (IsErased(session, interactions[i]))
            {
                (erased ??= new bool[interactions.Count])[i] = true;
            }
        }

        return erased;
    }

    /// <summary>Remembers an erasure; the caller counts it in the log's state.</summary>
    public void Remember(SqliteSession session, UserId user, IEnumerable<EventId> ids, DateTimeOffset now)
    {
        var hash = HashOrNew(session);
        long at = now.ToUnixTimeMilliseconds();
        session[AddUser].Bind(1, hash.Of(user)).Bind(2, at).Execute();
        foreach (var id in ids)
        {
            session[AddEvent].Bind(1, hash.Of(user, id)).Bind(2, at).Execute();
        }
    }

    /// <summary>Remembers an erasure of another log with the same key; the caller counts it in the log's state.</summary>
    public static void RememberUser(SqliteSession session, byte[] hash, DateTimeOffset erasedAt) =>
        session[AddUser].Bind(1, hash).Bind(2, erasedAt.ToUnixTimeMilliseconds()).Execute();

    /// <summary>Deletes what was remembered before a time.</summary>
    /// <returns>The number of users.</returns>
    public static long Purge(SqliteSession session, DateTimeOffset before)
    {
        long at = before.ToUnixTimeMilliseconds();
        session["DELETE FROM erased_events WHERE erased_at < ?1"].Bind(1, at).Execute();
        return session["DELETE FROM erased_users WHERE erased_at < ?1"].Bind(1, at).Execute();
    }

    /// <summary>Clears the cache when any process has erased a user since the last read.</summary>
    private void Refresh(SqliteSession session, long erasures)
    {
        if (_erasures != erasures)
        {
            _erasedAt.Clear();
            _any = !session["SELECT 1 FROM erased_users LIMIT 1"].IsEmpty();
            _erasures = erasures;
        }
    }

    private bool IsErased(SqliteSession session, Interaction interaction)
    {
        if (!_erasedAt.TryGetValue(interaction.UserId, out long? erasedAt))
        {
            if (_erasedAt.Count >= MaxKnown)
            {
                _erasedAt.Clear();
            }

            erasedAt = session[FindUser].Bind(1, Hash(session)!.Of(interaction.UserId)).Scalar();
            _erasedAt[interaction.UserId] = erasedAt;
        }

        return erasedAt is { } at
            && (interaction.OccurredAt.ToUnixTimeMilliseconds() < at
                || !session[FindEvent].Bind(1, Hash(session)!.Of(interaction.UserId, interaction.Id)).IsEmpty());
    }

    private ErasureHash? Hash(SqliteSession session) => _hash ??= ReadHash(session);

    private ErasureHash NewHash(SqliteSession session)
    {
        byte[] key = ErasureHash.NewKey();
        session[AddKey].Bind(1, key).Execute();
        return _hash = new ErasureHash(key);
    }
}
