using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// The rebuilds that are under way in the file, whichever process runs them. For the writer's thread: every write asks, within its
/// transaction, which there are, so that none can begin or end beside it.
/// </summary>
internal sealed class EngagementBuilds(TimeProvider time)
{
    /// <summary>A rebuild that has written nothing for so long has died with its process.</summary>
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

    /// <summary>After a transaction was undone: what was read in it may never have been.</summary>
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

    /// <summary>The tables of a rebuild, noted as alive.</summary>
    /// <exception cref="InvalidOperationException">It was taken for abandoned.</exception>
    public (FactTables Tables, NumberedNames Names) Touch(SqliteSession session, long id) =>
        session["UPDATE builds SET touched_at = ?2 WHERE id = ?1"].Bind(1, id).Bind(2, Now).Execute() == 1
            ? Open(session, id)
            : throw new InvalidOperationException($"The rebuild of engagement stood still for {Abandoned} and was given up: start it again.");

    /// <summary>Puts what was built in the place of what is served.</summary>
    public void Swap(SqliteSession session, long id)
    {
        var (tables, _) = Touch(session, id);
        tables.TakePlace(session);
        session["DELETE FROM builds WHERE id = ?1"].Bind(1, id).Execute();
        _known.Remove(id);
    }

    /// <summary>Drops what was built.</summary>
    public void End(SqliteSession session, long id)
    {
        FactTables.OfBuild(id).Drop(session);
        session["DELETE FROM builds WHERE id = ?1"].Bind(1, id).Execute();
        _known.Remove(id);
    }

    /// <summary>Names are read again each time: another process may have added some, and a transaction may have been undone.</summary>
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
