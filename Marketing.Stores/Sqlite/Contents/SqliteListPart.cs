using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary>Reads a part of a few thousand records at once.</summary>
internal sealed class SqliteListPart(string name, SqliteReaders readers, string sql, Func<SqliteStatement, LogRecord> read) : ILogPart
{
    public string Name => name;

    public Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var records = new List<LogRecord>();
        using var reader = readers.Rent();
        var row = reader.Session[sql];
        while (row.Step())
        {
            records.Add(read(row));
        }

        return Task.FromResult(new RecordPage(records, null));
    }
}
