using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// The tables of <c>log.db</c>. Every text that says something of a person lies in a table that only grows at its end
/// and in no index, so that overwriting it where it lies leaves no copy (docs/adr/0002-sqlite-durability.md).
/// Times are milliseconds since 1970, UTC.
/// </summary>
internal static class LogSchema
{
    public static readonly SqliteSchema Schema = new(
        """
        -- One row: counters, kept in the transaction of what they count.
        CREATE TABLE state(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            next_seq INTEGER NOT NULL DEFAULT 1,
            chats INTEGER NOT NULL DEFAULT 0,
            views INTEGER NOT NULL DEFAULT 0,
            clicks INTEGER NOT NULL DEFAULT 0,
            conversions INTEGER NOT NULL DEFAULT 0,
            dismissals INTEGER NOT NULL DEFAULT 0,
            chats_with_text INTEGER NOT NULL DEFAULT 0,
            users INTEGER NOT NULL DEFAULT 0,
            pending INTEGER NOT NULL DEFAULT 0,
            erasures INTEGER NOT NULL DEFAULT 0,
            catalog_version INTEGER NOT NULL DEFAULT 0) STRICT;
        INSERT INTO state(id) VALUES (1);

        -- AUTOINCREMENT: the number of an erased user is never another's.
        CREATE TABLE users(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key BLOB NOT NULL,
            name TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX users_by_key ON users(key);

        CREATE TABLE campaign_names(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE interactions(
            seq INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            user_id INTEGER NOT NULL,
            type INTEGER NOT NULL,
            campaign_id INTEGER,
            occurred_at INTEGER NOT NULL,
            text TEXT,
            properties TEXT) STRICT;
        -- Reads a user's history newest first, and recomputes edges without touching the rows.
        CREATE INDEX interactions_by_user ON interactions(user_id, occurred_at, campaign_id, type);
        -- What retention has still to redact.
        CREATE INDEX interactions_with_text ON interactions(occurred_at) WHERE text IS NOT NULL;

        -- Apart from the rows so that a batch can be inserted in the order of its keys: neighbours share pages.
        CREATE TABLE event_keys(
            key BLOB PRIMARY KEY,
            seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        -- Oldest first is the order of seq; claiming and completing move along the front of a small table.
        CREATE TABLE queue(
            seq INTEGER PRIMARY KEY,
            appended_at INTEGER NOT NULL,
            available_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            leased INTEGER NOT NULL DEFAULT 0) STRICT;

        -- Users who are gone from here and may still be in a projection.
        CREATE TABLE erasures(
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            user_id TEXT NOT NULL,
            erased_at INTEGER NOT NULL) STRICT;

        CREATE TABLE dead_letters(
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            letter_id TEXT NOT NULL,
            source TEXT NOT NULL,
            error TEXT NOT NULL,
            failed_at INTEGER NOT NULL,
            event_id TEXT,
            user_key BLOB,
            user_id TEXT,
            payload TEXT) STRICT;
        CREATE INDEX dead_letters_by_time ON dead_letters(failed_at);
        CREATE INDEX dead_letters_by_user ON dead_letters(user_key) WHERE user_key IS NOT NULL;

        -- Times of campaigns in ticks: they come back exactly as they were put.
        CREATE TABLE campaigns(
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            starts_at INTEGER,
            ends_at INTEGER,
            audience TEXT,
            cap_views INTEGER,
            cap_window INTEGER,
            properties TEXT) STRICT, WITHOUT ROWID;

        CREATE TABLE profiles(
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            user_id TEXT NOT NULL,
            attributes TEXT NOT NULL) STRICT;
        """);
}
