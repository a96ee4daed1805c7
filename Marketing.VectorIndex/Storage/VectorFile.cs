using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Marketing.VectorIndex.Storage;

/// <summary>
/// The index on disk. With <c>synchronous=NORMAL</c> a power cut may lose the last batches, which the caller must write again; a crash of the process loses nothing. One writer at a time.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private const string Format = "3";

    /// <summary>The format without digests; rows get one when they are next written.</summary>
    private const string FormatBeforeDigests = "1";

    /// <summary>The format whose columns had other names.</summary>
    private const string FormatBeforeRenames = "2";

    private readonly SqliteConnection _connection;
    private int _rebuildCount;

    /// <exception cref="VectorSpaceMismatchException">The file was made in another space.</exception>
    public VectorFile(string path, string model, int dimensions)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute("""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                PRAGMA secure_delete = ON;
                CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                """);
            CheckSpace(model, dimensions);
            Tables = VectorTables.Open(_connection);
            DropAbandoned();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The served tables.</summary>
    public VectorTables Tables { get; private set; }

    /// <summary>Empties the write-ahead log, which still contains deleted rows.</summary>
    public void Truncate() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Creates tables for a rebuild beside the served ones.</summary>
    public VectorTables BeginRebuild() => VectorTables.Open(_connection, string.Create(CultureInfo.InvariantCulture, $"_b{++_rebuildCount}"));

    /// <summary>Replaces the served tables with the rebuilt ones in one transaction.</summary>
    public void Swap(VectorTables rebuilt)
    {
        rebuilt.Promote();
        Tables.Retire();
        Tables = rebuilt;
    }

    public void Dispose()
    {
        Tables.Dispose();
        _connection.Dispose();
    }

    /// <summary>Drops the tables of a rebuild whose process died.</summary>
    private void DropAbandoned()
    {
        var names = new List<string>();
        using (SqliteCommand select = Command("SELECT name FROM sqlite_master WHERE name GLOB 'entries_b*' OR name GLOB 'ivf_b*' OR name GLOB 'cells_b*'"))
        using (SqliteDataReader reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }
        }

        names.ForEach(name => Execute($"DROP TABLE \"{name}\""));
    }

    private void CheckSpace(string model, int dimensions)
    {
        Execute($"INSERT OR IGNORE INTO meta VALUES ('format', '{Format}')");
        using SqliteCommand insert = Command("INSERT OR IGNORE INTO meta VALUES ('model', $model), ('dimensions', $dimensions)");
        insert.Parameters.AddWithValue("$model", model);
        insert.Parameters.AddWithValue("$dimensions", dimensions);
        insert.ExecuteNonQuery();
        var (storedModel, storedDimensions) = (Meta("model"), int.Parse(Meta("dimensions"), CultureInfo.InvariantCulture));
        if (storedModel != model || storedDimensions != dimensions)
        {
            throw new VectorSpaceMismatchException(storedModel, storedDimensions, model, dimensions);
        }

        if (Meta("format") == FormatBeforeDigests)
        {
            Execute($"ALTER TABLE entries ADD COLUMN digest INTEGER; UPDATE meta SET value = '{FormatBeforeRenames}' WHERE key = 'format'");
        }

        if (Meta("format") == FormatBeforeRenames)
        {
            RenameColumns();
        }

        if (Meta("format") is var format && format != Format)
        {
            throw new InvalidDataException($"The vector index has format {format}, this program reads {Format}: rebuild the index.");
        }
    }

    private void RenameColumns() => Execute($"""
        BEGIN;
        ALTER TABLE entries RENAME COLUMN event_id TO key;
        ALTER TABLE entries RENAME COLUMN user_id TO group_key;
        ALTER TABLE entries RENAME COLUMN campaign_id TO label;
        ALTER TABLE entries RENAME COLUMN occurred_at TO timestamp;
        ALTER TABLE entries RENAME COLUMN sides TO refinement;
        ALTER TABLE entries RENAME COLUMN cell TO list;
        ALTER TABLE cells RENAME COLUMN margin TO probe_margin;
        ALTER TABLE cells RENAME COLUMN cell_of_slot TO list_of_slot;
        ALTER TABLE cells RENAME TO ivf;
        UPDATE meta SET value = '{Format}' WHERE key = 'format';
        COMMIT;
        """);

    private string Meta(string key)
    {
        using SqliteCommand select = Command("SELECT value FROM meta WHERE key = $key");
        select.Parameters.AddWithValue("$key", key);
        return (string)select.ExecuteScalar()!;
    }

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text consists of constants and names of our own tables.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    private void Execute(string text)
    {
        using SqliteCommand command = Command(text);
        command.ExecuteNonQuery();
    }
}
