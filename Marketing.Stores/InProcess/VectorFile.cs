using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The index on disk. With <c>synchronous=NORMAL</c> a power cut may lose the last batches, which the consistency check restores
/// from the log; a crash of the process loses nothing. One writer at a time.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    /// <summary>Part of the format, because codes are only comparable under the same rotation.</summary>
    public const int RotationSeed = 20_261;

    private const string Format = "2";

    /// <summary>The format without digests; rows get one when they are next written.</summary>
    private const string FormatBeforeDigests = "1";

    private readonly SqliteConnection _connection;
    private int _rebuildCount;

    /// <exception cref="VectorSpaceMismatchException">The file was made in another space.</exception>
    public VectorFile(string path, VectorSpace space)
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
            CheckSpace(space);
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
        using (SqliteCommand select = Command("SELECT name FROM sqlite_master WHERE name GLOB 'entries_b*' OR name GLOB 'cells_b*'"))
        using (SqliteDataReader reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }
        }

        names.ForEach(name => Execute($"DROP TABLE \"{name}\""));
    }

    private void CheckSpace(VectorSpace space)
    {
        Execute($"INSERT OR IGNORE INTO meta VALUES ('format', '{Format}')");
        using SqliteCommand insert = Command("INSERT OR IGNORE INTO meta VALUES ('model', $model), ('dimensions', $dimensions)");
        insert.Parameters.AddWithValue("$model", space.Model);
        insert.Parameters.AddWithValue("$dimensions", space.Dimensions);
        insert.ExecuteNonQuery();
        var stored = new VectorSpace(Meta("model"), int.Parse(Meta("dimensions"), CultureInfo.InvariantCulture));
        if (stored != space)
        {
            throw new VectorSpaceMismatchException(stored, space);
        }

        if (Meta("format") == FormatBeforeDigests)
        {
            Execute($"ALTER TABLE entries ADD COLUMN digest INTEGER; UPDATE meta SET value = '{Format}' WHERE key = 'format'");
        }

        if (Meta("format") is var format && format != Format)
        {
            throw new InvalidDataException($"The vector index has format {format}, this program reads {Format}: rebuild the index.");
        }
    }

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
