using System.Globalization;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary>Reads a part from one table in short reads, because a long one keeps an erasure from truncating the WAL.</summary>
/// <param name="name">The part's name.</param>
/// <param name="readers">The file.</param>
/// <param name="sql">Selects the rows after the position <c>?1</c>, at most <c>?2</c>, in its order; the first column is the position.</param>
/// <param name="read">Reads the record of a row.</param>
/// <param name="isBlob">Whether the position is a blob and not a number.</param>
internal sealed class SqlitePart(
    string name, SqliteReaders readers, string sql, Func<SqliteStatement, LogRecord> read, bool isBlob = false) : ILogPart
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

    private SqliteStatement Bind(SqliteStatement row, string? after) => isBlob
        ? row.Bind(1, (ReadOnlySpan<byte>)Convert.FromHexString(after ?? ""))
        : row.Bind(1, after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture));

    private string PositionOf(SqliteStatement row) => isBlob
        ? Convert.ToHexString(row.Bytes(0))
        : row.Int64(0).ToString(CultureInfo.InvariantCulture);
}
