using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Audit;

/// <summary>Reads rows of the table <c>audit</c>.</summary>
internal static class AuditRow
{
    public const string Select = "SELECT id, at, action, actor_id, actor_name, address, target, outcome, count FROM audit ";

    /// <summary>Selects the rows after the id <c>?1</c>, at most <c>?2</c>.</summary>
    public const string SelectAfter = Select + "WHERE id > ?1 ORDER BY id LIMIT ?2";

    public static AuditEntry Read(SqliteStatement row) => new(
        row.Text(0),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(1)),
        row.Text(2),
        new AuditActor(row.Text(3), row.Text(4)),
        row.TextOrNull(5),
        row.TextOrNull(6) is { } target ? new AuditTarget(target) : null,
        row.Int32(7),
        row.Int32(8));
}
