using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>
/// The tables of <c>log.db</c>. Personal data is kept in rows that are never moved or removed, and in no index: an erasure overwrites
/// it in place with the same size and marks the row, so that no page keeps a copy (docs/adr/0002-sqlite-durability.md). The mark is
/// 0 or 1 because SQLite stores neither value in the record's body. Times are milliseconds since 1970, UTC.
/// </summary>
internal static class LogSchema
{
    public static readonly SqliteSchema Schema = new(
        UserNumbers.Table +
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

        CREATE TABLE campaign_names(
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE interactions(
            seq INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            has_text INTEGER NOT NULL,
            event_id TEXT NOT NULL,
            user_id INTEGER NOT NULL,
            type INTEGER NOT NULL,
            campaign_id INTEGER,
            occurred_at INTEGER NOT NULL,
            text TEXT,
            properties TEXT) STRICT;
        -- Reads a user's history newest first, and recomputes edges without touching the rows.
        CREATE INDEX interactions_by_user ON interactions(user_id, occurred_at, campaign_id, type)
            WHERE erased = 0;
        -- What retention has still to redact.
        CREATE INDEX interactions_with_text ON interactions(occurred_at) WHERE has_text = 1;

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
            erased INTEGER NOT NULL DEFAULT 0,
            key BLOB NOT NULL,
            user_id TEXT NOT NULL,
            erased_at INTEGER NOT NULL) STRICT;
        CREATE UNIQUE INDEX erasures_by_key ON erasures(key) WHERE erased = 0;

        CREATE TABLE dead_letters(
            id INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            key BLOB NOT NULL,
            letter_id TEXT NOT NULL,
            source TEXT NOT NULL,
            error TEXT NOT NULL,
            failed_at INTEGER NOT NULL,
            event_id TEXT,
            user_key BLOB,
            user_id TEXT,
            payload TEXT) STRICT;
        CREATE UNIQUE INDEX dead_letters_by_key ON dead_letters(key) WHERE erased = 0;
        CREATE INDEX dead_letters_by_time ON dead_letters(failed_at) WHERE erased = 0;
        CREATE INDEX dead_letters_by_user ON dead_letters(user_key) WHERE erased = 0;

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

        -- attributes: JSON with spaces after it up to a power of two, so that most changes fit where the row lies.
        CREATE TABLE profiles(
            id INTEGER PRIMARY KEY,
            erased INTEGER NOT NULL DEFAULT 0,
            key BLOB NOT NULL,
            attributes TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX profiles_by_key ON profiles(key) WHERE erased = 0;
        """,
        // The trace that made the interaction pending (TraceBytes). Null, one byte in the record's header, when no trace is recorded.
        "ALTER TABLE queue ADD COLUMN trace BLOB",
        // Every campaign id that was ever deleted. A row stays when the campaign is added again, and is ignored then.
        "CREATE TABLE IF NOT EXISTS deleted_campaigns(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        // Erased users and the events they had sent, as keyed hashes (ErasureHash), so that they are rejected when they are sent again.
        """
        CREATE TABLE IF NOT EXISTS erasure_key(
            id INTEGER PRIMARY KEY CHECK (id = 1),
            secret BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS erased_users(
            key BLOB PRIMARY KEY,
            erased_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS erased_events(
            key BLOB PRIMARY KEY,
            erased_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """,
        // The log's identity, which every projection stores, so that a lost or replaced log is detected.
        """
        ALTER TABLE state ADD COLUMN log_id TEXT;
        UPDATE state SET log_id = lower(hex(randomblob(16)));
        """,
        // Who did what. Ids are ordered by time; a target that may identify a person is a keyed hash (ErasureHash).
        """
        CREATE TABLE IF NOT EXISTS audit(
            id TEXT PRIMARY KEY,
            at INTEGER NOT NULL,
            action TEXT NOT NULL,
            actor_id TEXT NOT NULL,
            actor_name TEXT NOT NULL,
            address TEXT,
            target TEXT,
            outcome INTEGER NOT NULL,
            count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS audit_by_target ON audit(target, id) WHERE target IS NOT NULL;
        """,
        // Whose attributes they are, for a copy to another store and for erasures that a restore applies. Null in older rows.
        "ALTER TABLE profiles ADD COLUMN user_id TEXT",
        // What a copy to this log has done so far.
        "CREATE TABLE IF NOT EXISTS copy_state(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
}
