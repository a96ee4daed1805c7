using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Audit;
using Marketing.Stores.Sqlite.Catalog;
using Marketing.Stores.Sqlite.DeadLetters;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.Contents;

/// <summary>The parts of <c>log.db</c>. Add one here for each table that must survive a backup and a copy.</summary>
internal static class SqliteParts
{
    private const string Profiles =
        """
        SELECT p.id, coalesce(p.user_id, (SELECT u.name FROM users u WHERE u.key = p.key AND u.erased = 0)), p.key, p.attributes
        FROM profiles p WHERE p.erased = 0 AND p.id > ?1 ORDER BY p.id LIMIT ?2
        """;

    private const string Erasures = "SELECT id, user_id, erased_at FROM erasures WHERE erased = 0 AND id > ?1 ORDER BY id LIMIT ?2";

    /// <summary>Returns the parts of a file.</summary>
    public static IReadOnlyList<ILogPart> Of(SqliteReaders readers) =>
    [
        new SqlitePart(
            PartNames.Interactions,
            readers,
            InteractionRow.Select + "WHERE i.seq > ?1 AND i.erased = 0 ORDER BY i.seq LIMIT ?2",
            static row => Records.Of(InteractionRow.Read(row))),
        new SqliteListPart(PartNames.Campaigns, readers, CampaignRow.Select, static row => Records.Of(CampaignRow.Read(row))),
        new SqliteListPart(
            PartNames.DeletedCampaigns, readers, CampaignRow.SelectDeleted, static row => Records.Of(new CampaignId(row.Text(0)))),
        new SqlitePart(PartNames.Attributes, readers, Profiles, static row => ReadProfile(row)),
        new SqlitePart(
            PartNames.DeadLetters,
            readers,
            LetterRow.SelectAfter,
            static row => Records.Of(LetterRow.Read(row, firstColumn: 1))),
        new SqlitePart(
            PartNames.UnfinishedErasures,
            readers,
            Erasures,
            static row => Records.Of(new UnfinishedErasure(new UserId(row.Text(1)), Time(row.Int64(2))))),
        Remembered(PartNames.ErasedUsers, readers, "erased_users"),
        Remembered(PartNames.ErasedEvents, readers, "erased_events"),
        new SqlitePart(PartNames.Audit, readers, AuditRow.SelectAfter, static row => AuditRecords.Of(AuditRow.Read(row)), RowKey.Text),
    ];

    private static LogRecord ReadProfile(SqliteStatement row) => Records.Of(new UserProfile(
        new UserId(row.TextOrNull(1) ?? UnnamedUser.IdOf(row.Bytes(2))),
        ProfileRow.ReadAttributes(row, 3)));

    private static SqlitePart Remembered(string name, SqliteReaders readers, string table) => new(
        name,
        readers,
        $"SELECT key, erased_at FROM {table} WHERE key > ?1 ORDER BY key LIMIT ?2",
        static row => Records.OfErasure(ErasureHash.Text(row.Bytes(0).ToArray()), Time(row.Int64(1))),
        RowKey.Blob);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
