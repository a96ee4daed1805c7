using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The index on disk. <c>synchronous=NORMAL</c>: a power cut may take the last batches, and the consistency check puts them back
/// from the log; a crash of the process takes nothing. One writer at a time.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    /// <summary>Part of the format: a code means nothing without the rotation it was made with.</summary>
    public const int RotationSeed = 20_261;

    private const string Format = "2";

    /// <summary>Without digests, which are added as messages are written.</summary>
    private const string FormatBeforeDigests = "1";

    private readonly SqliteConnection _connection;
    private int _builds;

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
            Rows = VectorRows.Open(_connection);
            DropAbandoned();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>What is served.</summary>
    public VectorRows Rows { get; private set; }

    /// <summary>Empties the write-ahead log, in which what was deleted could still be read.</summary>
    public void Truncate() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Makes tables beside those that are served.</summary>
    public VectorRows BeginBuild() => VectorRows.Open(_connection, string.Create(CultureInfo.InvariantCulture, $"_b{++_builds}"));

    /// <summary>Puts what was built in the place of what is served, in one transaction.</summary>
    public void Swap(VectorRows built)
    {
        built.TakePlace();
        Rows.Retire();
        Rows = built;
    }

    public void Dispose()
    {
        Rows.Dispose();
        _connection.Dispose();
    }

    /// <summary>Tables of a rebuild whose process died.</summary>
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
#pragma warning disable CA2100 // Every text is made of constants and names of our own tables.
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
