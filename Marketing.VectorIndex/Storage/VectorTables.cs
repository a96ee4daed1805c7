using System.Runtime.InteropServices;
using Marketing.VectorIndex.Entries;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Marketing.VectorIndex.Storage;

/// <summary>
/// One set of the tables of the index, with one row per entry: the set that is served, or one that a rebuild fills. One writer at a time.
/// </summary>
internal sealed class VectorTables : IDisposable
{
    private const string Columns = "slot, key, group_key, label, timestamp, scale, code, refinement, terms, generation, list, digest";

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
                slot INTEGER PRIMARY KEY, key TEXT NOT NULL, group_key TEXT NOT NULL, label TEXT,
                timestamp INTEGER NOT NULL, scale REAL NOT NULL, code BLOB NOT NULL, refinement BLOB NOT NULL, terms BLOB NOT NULL,
                generation INTEGER NOT NULL, list INTEGER NOT NULL, digest INTEGER);
            CREATE TABLE IF NOT EXISTS ivf{suffix} (
                generation INTEGER PRIMARY KEY, probe_margin REAL NOT NULL, trained_on INTEGER NOT NULL,
                scales BLOB NOT NULL, codes BLOB NOT NULL, list_of_slot BLOB NOT NULL);
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

        foreach (StoredEntry row in added)
        {
            EncodedEntry entry = row.Entry;
            _put.Parameters["$slot"].Value = row.Slot;
            _put.Parameters["$key"].Value = entry.Key;
            _put.Parameters["$group"].Value = entry.Group;
            _put.Parameters["$label"].Value = (object?)entry.Label ?? DBNull.Value;
            _put.Parameters["$timestamp"].Value = entry.Timestamp.UtcTicks;
            _put.Parameters["$scale"].Value = entry.Scale;
            _put.Parameters["$code"].Value = MemoryMarshal.AsBytes<sbyte>(entry.Code).ToArray();
            _put.Parameters["$refinement"].Value = entry.Refinement;
            _put.Parameters["$terms"].Value = MemoryMarshal.AsBytes(entry.Terms.Span).ToArray();
            _put.Parameters["$generation"].Value = row.Generation;
            _put.Parameters["$list"].Value = row.List;
            _put.Parameters["$digest"].Value = entry.Digest();
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
    public List<(StoredEntry Row, long? Digest)> ReadAfter(long slot, int count)
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
        Execute($"DELETE FROM ivf{_suffix}");
        using SqliteCommand insert = Command(
            $"INSERT INTO ivf{_suffix} VALUES ($generation, $margin, $trained, $scales, $codes, $lists)",
            "$generation", "$margin", "$trained", "$scales", "$codes", "$lists");
        insert.Transaction = transaction;
        insert.Parameters["$generation"].Value = ivf.Generation;
        insert.Parameters["$margin"].Value = ivf.ProbeMargin;
        insert.Parameters["$trained"].Value = ivf.TrainedOn;
        insert.Parameters["$scales"].Value = MemoryMarshal.AsBytes<float>(ivf.Scales).ToArray();
        insert.Parameters["$codes"].Value = MemoryMarshal.AsBytes<sbyte>(ivf.Codes).ToArray();
        insert.Parameters["$lists"].Value = MemoryMarshal.AsBytes<int>(ivf.ListOfSlot).ToArray();
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    public StoredIvf? ReadIvf()
    {
        using SqliteCommand command = Command(
            $"SELECT generation, probe_margin, trained_on, scales, codes, list_of_slot FROM ivf{_suffix}");
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
            DROP TABLE IF EXISTS ivf;
            ALTER TABLE entries{_suffix} RENAME TO entries;
            ALTER TABLE ivf{_suffix} RENAME TO ivf;
            """);
        transaction.Commit();
        _suffix = "";
        Prepare();
    }

    /// <summary>Drops the tables of an abandoned rebuild.</summary>
    public void Drop()
    {
        Retire();
        Execute($"DROP TABLE IF EXISTS entries{_suffix}; DROP TABLE IF EXISTS ivf{_suffix};");
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
            VALUES ($slot, $key, $group, $label, $timestamp, $scale, $code, $refinement, $terms, $generation, $list, $digest)
            """,
            "$slot", "$key", "$group", "$label", "$timestamp", "$scale", "$code", "$refinement", "$terms", "$generation", "$list", "$digest");
        _delete = Command($"DELETE FROM entries{_suffix} WHERE slot = $slot", "$slot");
    }

    private static StoredEntry ReadRow(sqlite3_stmt row)
    {
        var entry = new EncodedEntry(
            raw.sqlite3_column_text(row, 1).utf8_to_string(),
            raw.sqlite3_column_text(row, 2).utf8_to_string(),
            raw.sqlite3_column_text(row, 3).utf8_to_string(),
            new DateTimeOffset(Math.Clamp(raw.sqlite3_column_int64(row, 4), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero),
            (float)raw.sqlite3_column_double(row, 5),
            MemoryMarshal.Cast<byte, sbyte>(raw.sqlite3_column_blob(row, 6)).ToArray(),
            raw.sqlite3_column_blob(row, 7).ToArray(),
            MemoryMarshal.Cast<byte, uint>(raw.sqlite3_column_blob(row, 8)).ToArray());
        return new StoredEntry(
            (int)Math.Clamp(raw.sqlite3_column_int64(row, 0), int.MinValue, int.MaxValue),
            entry, raw.sqlite3_column_int64(row, 9), raw.sqlite3_column_int(row, 10));
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
/// <param name="Entry">The stored entry.</param>
/// <param name="Generation">The generation of lists that <paramref name="List"/> belongs to.</param>
/// <param name="List">The inverted list; -1 when there were none yet.</param>
internal readonly record struct StoredEntry(int Slot, EncodedEntry Entry, long Generation, int List);

/// <summary>One generation of inverted lists as trained; entries written since then carry their own list.</summary>
internal sealed record StoredIvf(
    long Generation, float ProbeMargin, int TrainedOn, float[] Scales, sbyte[] Codes, int[] ListOfSlot);
