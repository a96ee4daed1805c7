using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// The rebuilds in progress in the file, in any process. Every write reads the list within its transaction on the writer's thread, so that
/// none can begin or end at the same time.
/// </summary>
internal sealed class EngagementBuilds(TimeProvider time)
{
    /// <summary>A rebuild that has written nothing for this long has died with its process.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(30);

    private readonly Dictionary<long, (FactTables Tables, NumberedNames Names)> _known = [];

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<(FactTables Tables, NumberedNames Names)> Read(SqliteSession session)
    {
        var row = session["SELECT id FROM builds"];
        if (!row.Step())
        {
            _known.Clear();
            return [];
        }

        var ids = new List<long>();
        do
        {
            ids.Add(row.Int64(0));
        }
        while (row.Step());
        return ids.ConvertAll(id => Open(session, id));
    }

    /// <summary>Drops what a rolled-back transaction may have read.</summary>
    public void Forget() => _known.Clear();

    public long Begin(SqliteSession session)
    {
        var row = session["SELECT id FROM builds WHERE touched_at < ?1"].Bind(1, (time.GetUtcNow() - Abandoned).ToUnixTimeMilliseconds());
        var abandoned = new List<long>();
        while (row.Step())
        {
            abandoned.Add(row.Int64(0));
        }

        abandoned.ForEach(id => End(session, id));
        long build = session["INSERT INTO builds(touched_at) VALUES (?1) RETURNING id"].Bind(1, Now).Returning();
        FactTables.OfBuild(build).Create(session);
        return build;
    }

    /// <summary>Returns a rebuild's tables and marks it as alive.</summary>
    /// <exception cref="InvalidOperationException">The rebuild was treated as abandoned.</exception>
    public (FactTables Tables, NumberedNames Names) Touch(SqliteSession session, long id) =>
        session["UPDATE builds SET touched_at = ?2 WHERE id = ?1"].Bind(1, id).Bind(2, Now).Execute() == 1
            ? Open(session, id)
            : throw new InvalidOperationException($"The rebuild of engagement made no progress for {Abandoned} and was abandoned. Start it again.");

    /// <summary>Replaces the served tables with the rebuilt ones.</summary>
    public void Swap(SqliteSession session, long id)
    {
        var (tables, _) = Touch(session, id);
        tables.TakePlace(session);
        session["DELETE FROM builds WHERE id = ?1"].Bind(1, id).Execute();
        _known.Remove(id);
    }

    /// <summary>Drops a rebuild's tables.</summary>
    public void End(SqliteSession session, long id)
    {
        FactTables.OfBuild(id).Drop(session);
        session["DELETE FROM builds WHERE id = ?1"].Bind(1, id).Execute();
        _known.Remove(id);
    }

    /// <summary>Reloads the names each time: another process may have added some, or a transaction was rolled back.</summary>
    private (FactTables Tables, NumberedNames Names) Open(SqliteSession session, long id)
    {
        if (!_known.TryGetValue(id, out var build))
        {
            var tables = FactTables.OfBuild(id);
            _known[id] = build = (tables, new NumberedNames(tables.Names));
        }

        build.Names.Reload(session);
        return build;
    }
}
