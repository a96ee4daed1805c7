using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The tables of <c>engagement.db</c>. Times are milliseconds since 1970, UTC.</summary>
internal static class EngagementSchema
{
    public static readonly SqliteSchema Schema = new(
        NumberedNames.Table +
        """
        -- user_hash: 64 bits of the user id's SHA-256; only there to find a user's facts when they are erased.
        CREATE TABLE facts(
            seq INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            event_id TEXT NOT NULL,
            user_hash INTEGER NOT NULL,
            campaign_id INTEGER NOT NULL,
            type INTEGER NOT NULL,
            occurred_at INTEGER NOT NULL) STRICT;
        CREATE INDEX facts_by_user ON facts(user_hash) WHERE erased = 0;

        CREATE TABLE fact_keys(
            key BLOB PRIMARY KEY,
            seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        -- grain 0: ever (bucket 0), 1: UTC days, 2: UTC hours, both counted from 1970.
        CREATE TABLE totals(
            grain INTEGER NOT NULL,
            bucket INTEGER NOT NULL,
            campaign_id INTEGER NOT NULL,
            chats INTEGER NOT NULL,
            views INTEGER NOT NULL,
            clicks INTEGER NOT NULL,
            conversions INTEGER NOT NULL,
            dismissals INTEGER NOT NULL,
            PRIMARY KEY (grain, bucket, campaign_id)) STRICT, WITHOUT ROWID;
        """);
}
