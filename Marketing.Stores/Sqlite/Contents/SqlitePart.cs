using System.Globalization;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary>Reads a part from one table in short reads, because a long one keeps an erasure from truncating the WAL.</summary>
/// <param name="name">The part's name.</param>
/// <param name="readers">The file.</param>
/// <param name="sql">Selects the rows after the position <c>?1</c>, at most <c>?2</c>, in its order; the first column is the position.</param>
/// <param name="read">Reads the record of a row.</param>
/// <param name="key">The type of the position.</param>
internal sealed class SqlitePart(
    string name, SqliteReaders readers, string sql, Func<SqliteStatement, LogRecord> read, RowKey key = RowKey.Number) : ILogPart
{
    public string Name => name;

    public Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var records = new List<LogRecord>();
        using var reader = readers.Rent();
        var row = Bind(reader.Session[sql], after).Bind(2, max);
        string? last = null;
        while (row.Step())
        {
            records.Add(read(row));
            last = PositionOf(row);
        }

        return Task.FromResult(new RecordPage(records, records.Count < max ? null : last));
    }

    private SqliteStatement Bind(SqliteStatement row, string? after) => key switch
    {
        RowKey.Blob => row.Bind(1, (ReadOnlySpan<byte>)Convert.FromHexString(after ?? "")),
        RowKey.Text => row.Bind(1, after ?? ""),
        _ => row.Bind(1, after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture)),
    };

    private string PositionOf(SqliteStatement row) => key switch
    {
        RowKey.Blob => Convert.ToHexString(row.Bytes(0)),
        RowKey.Text => row.Text(0),
        _ => row.Int64(0).ToString(CultureInfo.InvariantCulture),
    };
}

/// <summary>The type of the column by which a table is read page by page.</summary>
internal enum RowKey
{
    /// <summary>A positive integer.</summary>
    Number,

    /// <summary>A blob that is not empty.</summary>
    Blob,

    /// <summary>A text that is not empty, in the order of its UTF-8 bytes.</summary>
    Text,
}
