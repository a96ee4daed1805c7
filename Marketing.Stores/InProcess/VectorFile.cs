using System.Globalization;
using System.Runtime.InteropServices;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The index on disk, one row a message. <c>synchronous=NORMAL</c>: a power cut may take the last batches, and the
/// consistency check puts them back from the log; a crash of the process takes nothing. One writer at a time.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    /// <summary>Part of the format: a code means nothing without the rotation it was made with.</summary>
    public const int RotationSeed = 20_261;

    private const string Format = "1";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;

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
                CREATE TABLE IF NOT EXISTS entries (
                    slot INTEGER PRIMARY KEY, event_id TEXT NOT NULL, user_id TEXT NOT NULL, campaign_id TEXT,
                    occurred_at INTEGER NOT NULL, scale REAL NOT NULL, code BLOB NOT NULL, sides BLOB NOT NULL, terms BLOB NOT NULL,
                    generation INTEGER NOT NULL, cell INTEGER NOT NULL);
                CREATE TABLE IF NOT EXISTS cells (
                    generation INTEGER PRIMARY KEY, margin REAL NOT NULL, trained_on INTEGER NOT NULL,
                    scales BLOB NOT NULL, codes BLOB NOT NULL, cell_of_slot BLOB NOT NULL);
                """);
            CheckSpace(space);
            _put = Command("""
                INSERT OR REPLACE INTO entries VALUES ($slot, $event, $user, $campaign, $occurred, $scale, $code, $sides, $terms, $generation, $cell)
                """, "$slot", "$event", "$user", "$campaign", "$occurred", "$scale", "$code", "$sides", "$terms", "$generation", "$cell");
            _delete = Command("DELETE FROM entries WHERE slot = $slot", "$slot");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Removes and adds, all or nothing.</summary>
    public void Write(IReadOnlyList<int> removed, IReadOnlyList<StoredEntry> added)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _delete.Transaction = _put.Transaction = transaction;
        foreach (int slot in removed)
        {
            _delete.Parameters[0].Value = slot;
            _delete.ExecuteNonQuery();
        }

        foreach (StoredEntry entry in added)
        {
            EncodedMessage message = entry.Message;
            _put.Parameters["$slot"].Value = entry.Slot;
            _put.Parameters["$event"].Value = message.Id.Value;
            _put.Parameters["$user"].Value = message.UserId.Value;
            _put.Parameters["$campaign"].Value = (object?)message.CampaignId?.Value ?? DBNull.Value;
            _put.Parameters["$occurred"].Value = message.OccurredAt.UtcTicks;
            _put.Parameters["$scale"].Value = message.Scale;
            _put.Parameters["$code"].Value = MemoryMarshal.AsBytes<sbyte>(message.Code).ToArray();
            _put.Parameters["$sides"].Value = message.Sides;
            _put.Parameters["$terms"].Value = MemoryMarshal.AsBytes(message.Terms.Span).ToArray();
            _put.Parameters["$generation"].Value = entry.Generation;
            _put.Parameters["$cell"].Value = entry.Cell;
            _put.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Empties the write-ahead log, in which what was deleted could still be read.</summary>
    public void Truncate() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Every row, by slot.</summary>
    public IEnumerable<StoredEntry> Read()
    {
        using SqliteCommand command = Command("SELECT * FROM entries ORDER BY slot");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            // Straight from the page: the reader's own way copies a blob twice, and there is one for every message.
            yield return ReadRow(reader.Handle!);
        }
    }

    public void WriteCells(StoredCells cells)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Execute("DELETE FROM cells");
        using SqliteCommand insert = Command(
            "INSERT INTO cells VALUES ($generation, $margin, $trained, $scales, $codes, $cell)",
            "$generation", "$margin", "$trained", "$scales", "$codes", "$cell");
        insert.Transaction = transaction;
        insert.Parameters["$generation"].Value = cells.Generation;
        insert.Parameters["$margin"].Value = cells.Margin;
        insert.Parameters["$trained"].Value = cells.TrainedOn;
        insert.Parameters["$scales"].Value = MemoryMarshal.AsBytes<float>(cells.Scales).ToArray();
        insert.Parameters["$codes"].Value = MemoryMarshal.AsBytes<sbyte>(cells.Codes).ToArray();
        insert.Parameters["$cell"].Value = MemoryMarshal.AsBytes<int>(cells.CellOfSlot).ToArray();
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    public StoredCells? ReadCells()
    {
        using SqliteCommand command = Command("SELECT generation, margin, trained_on, scales, codes, cell_of_slot FROM cells");
        using SqliteDataReader reader = command.ExecuteReader();
        return !reader.Read() ? null : new StoredCells(
            reader.GetInt64(0),
            reader.GetFloat(1),
            reader.GetInt32(2),
            MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(3)).ToArray(),
            MemoryMarshal.Cast<byte, sbyte>(reader.GetFieldValue<byte[]>(4)).ToArray(),
            MemoryMarshal.Cast<byte, int>(reader.GetFieldValue<byte[]>(5)).ToArray());
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    private static StoredEntry ReadRow(sqlite3_stmt row)
    {
        string campaign = raw.sqlite3_column_text(row, 3).utf8_to_string();
        var message = new EncodedMessage(
            new EventId(raw.sqlite3_column_text(row, 1).utf8_to_string()),
            new UserId(raw.sqlite3_column_text(row, 2).utf8_to_string()),
            campaign is null ? null : new CampaignId(campaign),
            new DateTimeOffset(raw.sqlite3_column_int64(row, 4), TimeSpan.Zero),
            (float)raw.sqlite3_column_double(row, 5),
            MemoryMarshal.Cast<byte, sbyte>(raw.sqlite3_column_blob(row, 6)).ToArray(),
            raw.sqlite3_column_blob(row, 7).ToArray(),
            MemoryMarshal.Cast<byte, uint>(raw.sqlite3_column_blob(row, 8)).ToArray());
        return new StoredEntry(
            raw.sqlite3_column_int(row, 0), message, raw.sqlite3_column_int64(row, 9), raw.sqlite3_column_int(row, 10));
    }

    private void CheckSpace(VectorSpace space)
    {
        Execute($"INSERT OR IGNORE INTO meta VALUES ('format', '{Format}')");
        using SqliteCommand insert = Command(
            "INSERT OR IGNORE INTO meta VALUES ('model', $model), ('dimensions', $dimensions)", "$model", "$dimensions");
        insert.Parameters["$model"].Value = space.Model;
        insert.Parameters["$dimensions"].Value = space.Dimensions;
        insert.ExecuteNonQuery();
        var stored = new VectorSpace(Meta("model"), int.Parse(Meta("dimensions"), CultureInfo.InvariantCulture));
        if (stored != space)
        {
            throw new VectorSpaceMismatchException(stored, space);
        }

        if (Meta("format") is var format && format != Format)
        {
            throw new InvalidDataException($"The vector index has format {format}, this program reads {Format}: rebuild the index.");
        }
    }

    private string Meta(string key)
    {
        using SqliteCommand select = Command("SELECT value FROM meta WHERE key = $key", "$key");
        select.Parameters[0].Value = key;
        return (string)select.ExecuteScalar()!;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (string name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private void Execute(string text)
    {
        using SqliteCommand command = Command(text);
        command.ExecuteNonQuery();
    }
}
