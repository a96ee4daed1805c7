using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// <c>log.db</c>, the source of truth: interactions, queue, dead letters and catalog. Other processes may append to it.
/// </summary>
internal sealed class LogDatabase : ILogProbe, IDisposable
{
    private const string FileName = "log.db";

    private volatile string? _miscounted;

    /// <exception cref="StoreStartupException">The file cannot be used, or the files beside it show that interactions are lost.</exception>
    public LogDatabase(IOptions<StorageOptions> options)
    {
        string path = options.Value.PathOf(FileName);
        LogLoss.Check(path, options.Value);
        Database = new SqliteDatabase(path, LogSchema.Schema, options.Value.Durability);
        Database.RolledBack += Names.Forget;
        Database.RolledBack += Erasures.Forget;
        Position = ReadPosition(path);
    }

    public SqliteDatabase Database { get; }

    /// <summary>The log's identity and its highest sequence number.</summary>
    public LogPosition Position { get; }

    /// <summary>For the writer's thread only.</summary>
    public LogNames Names { get; } = new();

    /// <summary>For the writer's thread only.</summary>
    public ErasureMemory Erasures { get; } = new();

    /// <summary>Writes to disk as an append does, without changing anything.</summary>
    public Task ProbeWriteAsync(CancellationToken cancellationToken) => Database.WriteAsync(
        static session => session["UPDATE state SET next_seq = next_seq WHERE id = 1"].Execute(), 1, cancellationToken);

    /// <inheritdoc/>
    public string? Damage => Database.Damage ?? _miscounted;

    /// <summary>Also compares the log's counters with its rows, which reveals rows that were lost together with their page.</summary>
    public bool Check(CancellationToken cancellationToken)
    {
        if (!Database.QuickCheck(cancellationToken))
        {
            return false;
        }

        if (Database.Damage is null)
        {
            _miscounted = Miscounted();
        }

        return true;
    }

    public void Dispose() => Database.Dispose();

    private string? Miscounted()
    {
        using var reader = Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var state = LogState.Read(reader.Session);
        long counted = Enum.GetValues<InteractionType>().Sum(type => state[type]);
        long rows = reader.Session["SELECT count(*) FROM interactions WHERE erased = 0"].Scalar() ?? 0;
        return rows == counted ? null : $"should hold {counted} interactions but holds {rows}";
    }

    private LogPosition ReadPosition(string path)
    {
        using var reader = Database.Read();
        var state = reader.Session["SELECT log_id, next_seq - 1 FROM state WHERE id = 1"];
        if (!state.Step() || state.TextOrNull(0) is not { } id)
        {
            throw new UnusableFileException(path, "is damaged: it has no log id", "restore it from a backup.");
        }

        long last = state.Int64(1);
        state.Reset();
        long highest = reader.Session["SELECT max(seq) FROM interactions"].Scalar() ?? 0;
        if (highest > last)
        {
            throw new UnusableFileException(
                path, $"is damaged: its next interaction would be number {last + 1}, but it already has number {highest}", "restore it from a backup.");
        }

        var position = new LogPosition();
        position.Opened(id, last);
        return position;
    }
}
