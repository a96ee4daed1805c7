using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The tables of <c>engagement.db</c>. Times are milliseconds since 1970, UTC.</summary>
internal static class EngagementSchema
{
    public const string UserIndex = "CREATE INDEX facts_by_user ON facts(user_hash) WHERE erased = 0;";

    public static readonly SqliteSchema Schema = new(
        Tables("") + UserIndex,
        // The rebuilds in progress; their ids are part of their tables' names. Every process that writes a fact also writes it to them.
        "CREATE TABLE builds(id INTEGER PRIMARY KEY AUTOINCREMENT, touched_at INTEGER NOT NULL) STRICT;",
        ProjectionDatabase.MarkTable(filled: "facts"));

    /// <summary>The script for the tables that a rebuild recreates.</summary>
    public static string Tables(string suffix) =>
        $"""
        CREATE TABLE names{suffix}(id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;

        -- user_hash: 64 bits of the user id's SHA-256; only there to find a user's facts when they are erased.
        CREATE TABLE facts{suffix}(
            seq INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            event_id TEXT NOT NULL,
            user_hash INTEGER NOT NULL,
            campaign_id INTEGER NOT NULL,
            type INTEGER NOT NULL,
            occurred_at INTEGER NOT NULL) STRICT;

        CREATE TABLE fact_keys{suffix}(
            key BLOB PRIMARY KEY,
            seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        -- grain 0: ever (bucket 0), 1: UTC days, 2: UTC hours, both counted from 1970.
        CREATE TABLE totals{suffix}(
            grain INTEGER NOT NULL,
            bucket INTEGER NOT NULL,
            campaign_id INTEGER NOT NULL,
            chats INTEGER NOT NULL,
            views INTEGER NOT NULL,
            clicks INTEGER NOT NULL,
            conversions INTEGER NOT NULL,
            dismissals INTEGER NOT NULL,
            PRIMARY KEY (grain, bucket, campaign_id)) STRICT, WITHOUT ROWID;

        """;
}
