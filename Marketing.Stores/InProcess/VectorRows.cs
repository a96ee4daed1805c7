using System.Runtime.InteropServices;
using Marketing.Domain;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.InProcess;

/// <summary>
/// One set of the index's tables, a row a message: the one that is served, or one that a rebuild fills beside it. One writer at a time.
/// </summary>
internal sealed class VectorRows : IDisposable
{
    private const string Columns = "slot, event_id, user_id, campaign_id, occurred_at, scale, code, sides, terms, generation, cell, digest";

    private readonly SqliteConnection _connection;
    private string _suffix;
    private SqliteCommand _put = null!;
    private SqliteCommand _delete = null!;
    private bool _retired;

    private VectorRows(SqliteConnection connection, string suffix)
    {
        (_connection, _suffix) = (connection, suffix);
        Execute($"""
            CREATE TABLE IF NOT EXISTS entries{suffix} (
                slot INTEGER PRIMARY KEY, event_id TEXT NOT NULL, user_id TEXT NOT NULL, campaign_id TEXT,
                occurred_at INTEGER NOT NULL, scale REAL NOT NULL, code BLOB NOT NULL, sides BLOB NOT NULL, terms BLOB NOT NULL,
                generation INTEGER NOT NULL, cell INTEGER NOT NULL, digest INTEGER);
            CREATE TABLE IF NOT EXISTS cells{suffix} (
                generation INTEGER PRIMARY KEY, margin REAL NOT NULL, trained_on INTEGER NOT NULL,
                scales BLOB NOT NULL, codes BLOB NOT NULL, cell_of_slot BLOB NOT NULL);
            """);
        Prepare();
    }

    public static VectorRows Open(SqliteConnection connection, string suffix = "") => new(connection, suffix);

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
            _put.Parameters["$digest"].Value = message.Digest();
            _put.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Every row, by slot.</summary>
    public IEnumerable<StoredEntry> Read()
    {
        using SqliteCommand command = Command($"SELECT {Columns} FROM entries{_suffix} ORDER BY slot");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            // Straight from the page: the reader's own way copies a blob twice, and there is one for every message.
            yield return ReadRow(reader.Handle!);
        }
    }

    /// <summary>Some rows after a slot, with the digest that was written with each; null: from before there were any.</summary>
    public List<(StoredEntry Entry, long? Digest)> ReadAfter(long slot, int count)
    {
        var rows = new List<(StoredEntry, long?)>(count);
        using SqliteCommand command = Command($"SELECT {Columns} FROM entries{_suffix} WHERE slot > $slot ORDER BY slot LIMIT $count");
        command.Parameters.AddWithValue("$slot", slot);
        command.Parameters.AddWithValue("$count", count);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add((ReadRow(reader.Handle!), reader.IsDBNull(11) ? null : reader.GetInt64(11)));
        }

        return rows;
    }

    public void WriteCells(StoredCells cells)
    {
        if (_retired)
        {
            return;
        }

        using SqliteTransaction transaction = _connection.BeginTransaction();
        Execute($"DELETE FROM cells{_suffix}");
        using SqliteCommand insert = Command(
            $"INSERT INTO cells{_suffix} VALUES ($generation, $margin, $trained, $scales, $codes, $cell)",
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
        using SqliteCommand command = Command(
            $"SELECT generation, margin, trained_on, scales, codes, cell_of_slot FROM cells{_suffix}");
        using SqliteDataReader reader = command.ExecuteReader();
        return !reader.Read() ? null : new StoredCells(
            reader.GetInt64(0),
            reader.GetFloat(1),
            reader.GetInt32(2),
            MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(3)).ToArray(),
            MemoryMarshal.Cast<byte, sbyte>(reader.GetFieldValue<byte[]>(4)).ToArray(),
            MemoryMarshal.Cast<byte, int>(reader.GetFieldValue<byte[]>(5)).ToArray());
    }

    /// <summary>Ends the use of tables that others have replaced; cells that are still being made for them are not written.</summary>
    public void Retire()
    {
        _retired = true;
        Dispose();
    }

    /// <summary>Puts these tables in the place of those that are served.</summary>
    public void TakePlace()
    {
        Dispose();
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Execute($"""
            DROP TABLE IF EXISTS entries;
            DROP TABLE IF EXISTS cells;
            ALTER TABLE entries{_suffix} RENAME TO entries;
            ALTER TABLE cells{_suffix} RENAME TO cells;
            """);
        transaction.Commit();
        _suffix = "";
        Prepare();
    }

    /// <summary>Drops the tables of a rebuild that was given up.</summary>
    public void Drop()
    {
        Retire();
        Execute($"DROP TABLE IF EXISTS entries{_suffix}; DROP TABLE IF EXISTS cells{_suffix};");
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }

    private void Prepare()
    {
        _put = Command(
            $"""
            INSERT OR REPLACE INTO entries{_suffix} ({Columns})
            VALUES ($slot, $event, $user, $campaign, $occurred, $scale, $code, $sides, $terms, $generation, $cell, $digest)
            """,
            "$slot", "$event", "$user", "$campaign", "$occurred", "$scale", "$code", "$sides", "$terms", "$generation", "$cell", "$digest");
        _delete = Command($"DELETE FROM entries{_suffix} WHERE slot = $slot", "$slot");
    }

    private static StoredEntry ReadRow(sqlite3_stmt row)
    {
        string campaign = raw.sqlite3_column_text(row, 3).utf8_to_string();
        var message = new EncodedMessage(
            new EventId(raw.sqlite3_column_text(row, 1).utf8_to_string()),
            new UserId(raw.sqlite3_column_text(row, 2).utf8_to_string()),
            campaign is null ? null : new CampaignId(campaign),
            new DateTimeOffset(Math.Clamp(raw.sqlite3_column_int64(row, 4), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
            (float)raw.sqlite3_column_double(row, 5),
            MemoryMarshal.Cast<byte, sbyte>(raw.sqlite3_column_blob(row, 6)).ToArray(),
            raw.sqlite3_column_blob(row, 7).ToArray(),
            MemoryMarshal.Cast<byte, uint>(raw.sqlite3_column_blob(row, 8)).ToArray());
        return new StoredEntry(
            (int)Math.Clamp(raw.sqlite3_column_int64(row, 0), int.MinValue, int.MaxValue),
            message, raw.sqlite3_column_int64(row, 9), raw.sqlite3_column_int(row, 10));
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is made of constants and names of our own tables.
        command.CommandText = text;
#pragma warning restore CA2100
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
