using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary>
/// The parts of <c>log.db</c>, and the API keys beside it, that a copy moves record by record. Add one here for each table that must be
/// moved.
/// </summary>
internal static class MovableParts
{
    private const string AddDeleted = "INSERT OR IGNORE INTO deleted_campaigns(id) VALUES (?1)";
    private const string NextVersion = "UPDATE state SET catalog_version = catalog_version + 1 WHERE id = 1";
    private const string AddEvent = "INSERT OR REPLACE INTO erased_events(key, erased_at) VALUES (?1, ?2)";
    private const string RemoveEvent = "DELETE FROM erased_events WHERE key = ?1";
    private const string RemoveEntry = "DELETE FROM audit WHERE id = ?1";

    public static IReadOnlyList<IMovablePart> Of(
        LogDatabase log, ICatalog catalog, IDeadLetters letters, IAuditTrail trail, IAccessKeys keys, SqliteErasureHashes erasures)
    {
        var read = SqliteParts.Of(log.Database.Readers).ToDictionary(static part => part.Name);
        return
        [
            PortParts.Campaigns(read[PartNames.Campaigns], catalog),
            new MovablePart(
                read[PartNames.DeletedCampaigns],
                (records, cancellationToken) => log.Database.WriteAsync(session => Delete(session, records), records.Count, cancellationToken),
                static (_, _) => Task.CompletedTask), // A campaign that was added again hides its deletion.
            PortParts.Attributes(read[PartNames.Attributes], catalog),
            PortParts.DeadLetters(read[PartNames.DeadLetters], letters),
            new MovablePart(
                read[PartNames.ErasedUsers],
                (records, cancellationToken) => erasures.RememberAsync(
                    [.. records.Select(static record => KeyValuePair.Create(record.Id, Records.ErasedAt(record)))], cancellationToken),
                static (_, _) => Task.CompletedTask), // Retention forgets them.
            new MovablePart(
                read[PartNames.ErasedEvents],
                (records, cancellationToken) => log.Database.WriteAsync(session => AddEvents(session, records), records.Count, cancellationToken),
                (ids, cancellationToken) => log.Database.WriteAsync(session => RemoveEvents(session, ids), ids.Count, cancellationToken)),
            new MovablePart(
                read[PartNames.Audit],
                (records, cancellationToken) => trail.AppendAsync([.. records.Select(AuditRecords.ToEntry)], cancellationToken),
                (ids, cancellationToken) => log.Database.WriteAsync(session => RemoveEntries(session, ids), ids.Count, cancellationToken)),
            PortParts.AccessKeys(keys),
        ];
    }

    private static int Delete(SqliteSession session, IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records)
        {
            session[AddDeleted].Bind(1, record.Id).Execute();
        }

        return session[NextVersion].Execute();
    }

    private static int AddEvents(SqliteSession session, IReadOnlyList<LogRecord> records) => records.Sum(record =>
        session[AddEvent].Bind(1, ErasureHash.Bytes(record.Id)).Bind(2, Records.ErasedAt(record).ToUnixTimeMilliseconds()).Execute());

    private static int RemoveEvents(SqliteSession session, IReadOnlyList<string> ids) =>
        ids.Sum(id => session[RemoveEvent].Bind(1, ErasureHash.Bytes(id)).Execute());

    private static int RemoveEntries(SqliteSession session, IReadOnlyList<string> ids) =>
        ids.Sum(id => session[RemoveEntry].Bind(1, id).Execute());
}
