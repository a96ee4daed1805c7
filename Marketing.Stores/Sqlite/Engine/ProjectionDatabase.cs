namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// A projection's database, which records the log it was made from. It can be rebuilt, so when damage is found, on open or later,
/// the file is set aside and replaced with an empty one.
/// </summary>
internal sealed class ProjectionDatabase : IProjectionFile, IDisposable
{
    private const string SelectMark = "SELECT log_id, seq, complete FROM origin WHERE id = 1";
    private const string UpdateMark = "UPDATE origin SET log_id = ?1, seq = max(seq, ?2) WHERE id = 1";

    private readonly ProjectionFileContext _context;
    private readonly string _path;
    private readonly Action _replaced;
    private long _marked = -1;

    /// <param name="projection">The projection's name.</param>
    /// <param name="fileName">The file's name in the data directory.</param>
    /// <param name="schema">The file's tables, including <see cref="MarkTable"/>.</param>
    /// <param name="context">The dependencies that all projection files share.</param>
    /// <param name="load">Loads the store's in-memory state; throws when the file is not what it should be.</param>
    /// <param name="replaced">Called on the writer's thread after the file was replaced with an empty one.</param>
    public ProjectionDatabase(
        string projection, string fileName, SqliteSchema schema, ProjectionFileContext context, Action<SqliteDatabase> load, Action replaced)
    {
        (Projection, FileName, _context, _replaced) = (projection, fileName, context, replaced);
        _path = Path.GetFullPath(context.Storage.Value.PathOf(fileName));
        Database = Open(schema, load);
        Database.RolledBack += () => _marked = -1;
        Database.Committing += WriteMark;
        Database.Damaged += found => _ = ReplaceDamagedAsync(found);
        if (Database.Damage is { } early)
        {
            _ = ReplaceDamagedAsync(early);
        }
    }

    public SqliteDatabase Database { get; }

    public string Projection { get; }

    public string FileName { get; }

    public LogMark Mark { get; private set; } = new(null, 0, IsComplete: false);

    public string? SetAsideBecause { get; private set; }

    /// <summary>The script that creates the mark's table; a file that an older version has filled counts as complete.</summary>
    /// <param name="filled">A table that has rows once the file has been filled.</param>
    public static string MarkTable(string filled) =>
        $"""
        -- One row: the log that this file was made from, the highest number of an interaction that it may hold, and whether
        -- it has been filled.
        CREATE TABLE origin(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            log_id TEXT,
            seq INTEGER NOT NULL,
            complete INTEGER NOT NULL) STRICT;
        INSERT INTO origin SELECT 1, NULL, 0, EXISTS(SELECT 1 FROM {filled});
        """;

    public Task ReplaceAsync() => Database.ReplaceAsync(
        () => _context.SetAside(_path),
        () =>
        {
            _marked = -1;
            Mark = new LogMark(null, 0, IsComplete: false);
            _replaced();
        });

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Database.WriteAsync(session => session["UPDATE origin SET complete = 1 WHERE id = 1"].Execute(), 1, cancellationToken);
        Mark = Mark with { IsComplete = true };
    }

    public bool QuickCheck(CancellationToken cancellationToken) => Database.QuickCheck(cancellationToken);

    /// <summary>Deletes the copies that were set aside, because a person cannot be erased from a damaged file.</summary>
    public void DeleteCopies() => SetAside.DeleteCopies(_path);

    public void Dispose() => Database.Dispose();

    private SqliteDatabase Open(SqliteSchema schema, Action<SqliteDatabase> load)
    {
        try
        {
            return OpenOnce(schema, load);
        }
        catch (Exception error) when (Damage.IsUnusable(error))
        {
            SetAsideBecause = $"{FileName} {Damage.Describe(error)}";
            _context.SetAside(_path, SetAsideBecause);
            return OpenOnce(schema, load);
        }
    }

    private SqliteDatabase OpenOnce(SqliteSchema schema, Action<SqliteDatabase> load)
    {
        var database = new SqliteDatabase(_path, schema, _context.Storage.Value.Durability);
        try
        {
            using (var reader = database.Read())
            {
                var row = reader.Session[SelectMark];
                Mark = row.Step()
                    ? new LogMark(row.TextOrNull(0), row.Int64(1), row.Int64(2) != 0)
                    : throw new InvalidDataException($"{FileName} has no mark.");
                row.Reset();
            }

            load(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void WriteMark(SqliteSession session)
    {
        var log = _context.Log;
        long sequence = log.Sequence;
        if (log.LogId is { } id && sequence != _marked)
        {
            session[UpdateMark].Bind(1, id).Bind(2, sequence).Execute();
            _marked = sequence;
        }
    }

    private Task ReplaceDamagedAsync(string found) => _context.ReplaceDamagedAsync(this, $"{FileName} {found}");
}
