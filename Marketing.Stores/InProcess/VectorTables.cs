using System.Runtime.InteropServices;
using Marketing.Domain;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.Stores.InProcess;

/// <summary>
/// One set of the tables of the index, with one row per message: the set that is served, or one that a rebuild fills. One writer at a time.
/// </summary>
internal sealed class VectorTables : IDisposable
{
    private const string Columns = "slot, event_id, user_id, campaign_id, occurred_at, scale, code, sides, terms, generation, cell, digest";

    private readonly SqliteConnection _connection;
    private string _suffix;
    private SqliteCommand _put = null!;
    private SqliteCommand _delete = null!;
    private bool _retired;

    private VectorTables(SqliteConnection connection, string suffix)
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

    public static VectorTables Open(SqliteConnection connection, string suffix = "") => new(connection, suffix);

    /// <summary>Removes and adds rows in one transaction.</summary>
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
            _put.Parameters["$sides"].Value = message.Refinement;
            _put.Parameters["$terms"].Value = MemoryMarshal.AsBytes(message.Terms.Span).ToArray();
            _put.Parameters["$generation"].Value = entry.Generation;
            _put.Parameters["$cell"].Value = entry.List;
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
            // Reads from the SQLite page, because the reader would copy each blob twice.
            yield return ReadRow(reader.Handle!);
        }
    }

    /// <summary>The next rows after a slot, each with its stored digest; null for a row written before digests existed.</summary>
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

    public void WriteIvf(StoredIvf ivf)
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
        insert.Parameters["$generation"].Value = ivf.Generation;
        insert.Parameters["$margin"].Value = ivf.ProbeMargin;
        insert.Parameters["$trained"].Value = ivf.TrainedOn;
        insert.Parameters["$scales"].Value = MemoryMarshal.AsBytes<float>(ivf.Scales).ToArray();
        insert.Parameters["$codes"].Value = MemoryMarshal.AsBytes<sbyte>(ivf.Codes).ToArray();
        insert.Parameters["$cell"].Value = MemoryMarshal.AsBytes<int>(ivf.ListOfSlot).ToArray();
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    public StoredIvf? ReadIvf()
    {
        using SqliteCommand command = Command(
            $"SELECT generation, margin, trained_on, scales, codes, cell_of_slot FROM cells{_suffix}");
        using SqliteDataReader reader = command.ExecuteReader();
        return !reader.Read() ? null : new StoredIvf(
            reader.GetInt64(0),
            reader.GetFloat(1),
            reader.GetInt32(2),
            MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(3)).ToArray(),
            MemoryMarshal.Cast<byte, sbyte>(reader.GetFieldValue<byte[]>(4)).ToArray(),
            MemoryMarshal.Cast<byte, int>(reader.GetFieldValue<byte[]>(5)).ToArray());
    }

    /// <summary>Retires tables that were replaced: lists still being trained for them are not written.</summary>
    public void Retire()
    {
        _retired = true;
        Dispose();
    }

    /// <summary>Replaces the served tables with these.</summary>
    public void Promote()
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

    /// <summary>Drops the tables of an abandoned rebuild.</summary>
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
#pragma warning disable CA2100 // Every text consists of constants and names of our own tables.
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

/// <summary>A row of the index.</summary>
/// <param name="Slot">The place in memory and the row number.</param>
/// <param name="Message">The stored message.</param>
/// <param name="Generation">The generation of lists that <paramref name="List"/> belongs to.</param>
/// <param name="List">The inverted list; -1 when there were none yet.</param>
internal readonly record struct StoredEntry(int Slot, EncodedMessage Message, long Generation, int List);

/// <summary>One generation of inverted lists as trained; entries written since then carry their own list.</summary>
internal sealed record StoredIvf(
    long Generation, float ProbeMargin, int TrainedOn, float[] Scales, sbyte[] Codes, int[] ListOfSlot);
