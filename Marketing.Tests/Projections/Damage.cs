using Microsoft.Data.Sqlite;

namespace Marketing.Tests.Projections;

/// <summary>Changes projection files behind the stores' back, like a mistake, a restored backup or a failing disk.</summary>
internal static class Damage
{
    /// <summary>File and SQL statement; each changes stored data if there is any row.</summary>
    public static readonly (string File, string Sql)[] Kinds =
    [
        ("engagement.db", "UPDATE totals SET views = views - 13261"),
        ("engagement.db", "UPDATE totals SET clicks = clicks + 5 WHERE grain = 2"),
        ("engagement.db", "DELETE FROM totals WHERE grain = 1"),
        ("engagement.db", "INSERT INTO totals VALUES (0, 0, 99, 1, 2, 3, 4, 5)"),
        ("engagement.db", "UPDATE facts SET type = (type + 1) % 5 WHERE erased = 0 AND seq % 2 = (SELECT max(seq) % 2 FROM facts WHERE erased = 0)"),
        ("engagement.db", "UPDATE facts SET occurred_at = occurred_at + 86400000 WHERE erased = 0"),
        ("engagement.db", "UPDATE facts SET user_hash = user_hash + 1 WHERE erased = 0"),
        ("engagement.db", "UPDATE facts SET campaign_id = campaign_id + 1 WHERE erased = 0"),
        ("engagement.db", "UPDATE facts SET event_id = event_id || 'x' WHERE erased = 0"),
        ("engagement.db", "DELETE FROM facts WHERE seq IN (SELECT seq FROM facts WHERE erased = 0 LIMIT 3)"),
        ("engagement.db", "INSERT INTO facts(event_id, user_hash, campaign_id, type, occurred_at) SELECT event_id, user_hash, campaign_id, type, occurred_at FROM facts WHERE erased = 0"),
        ("engagement.db", "INSERT INTO facts(event_id, user_hash, campaign_id, type, occurred_at) SELECT 'ghost' || seq, user_hash, campaign_id, type, occurred_at FROM facts WHERE erased = 0"),
        ("engagement.db", "DELETE FROM fact_keys"),
        ("engagement.db", "UPDATE fact_keys SET seq = seq + 1"),
        ("engagement.db", "UPDATE names SET name = name || 'x'"),
        ("engagement.db", "DELETE FROM names WHERE id = 0"),
        ("graph.db", "UPDATE adjacency SET edges = CAST(x'020102' || edges AS BLOB)"),
        ("graph.db", "UPDATE adjacency SET edges = x'ffffff' WHERE user_id = (SELECT min(user_id) FROM adjacency)"),
        ("graph.db", "UPDATE adjacency SET edges = randomblob(12)"),
        ("graph.db", "DELETE FROM adjacency WHERE user_id = (SELECT min(user_id) FROM adjacency)"),
        ("graph.db", "UPDATE users SET name = name || 'x' WHERE erased = 0"),
        ("graph.db", "UPDATE users SET key = randomblob(16) WHERE erased = 0"),
        ("graph.db", "UPDATE names SET name = name || 'x'"),
        ("graph.db", "DELETE FROM names WHERE id = 0"),
        ("vectors.db", "UPDATE entries SET code = zeroblob(length(code)) WHERE slot % 2 = (SELECT max(slot) % 2 FROM entries)"),
        ("vectors.db", "UPDATE entries SET code = randomblob(length(code))"),
        ("vectors.db", "UPDATE entries SET code = x'01'"),
        ("vectors.db", "UPDATE entries SET scale = scale * 3"),
        ("vectors.db", "UPDATE entries SET timestamp = timestamp + 10000000000"),
        ("vectors.db", "UPDATE entries SET group_key = 'somebody else'"),
        ("vectors.db", "UPDATE entries SET label = 'c-wrong'"),
        ("vectors.db", "UPDATE entries SET terms = x'01000000'"),
        ("vectors.db", "UPDATE entries SET key = key || 'x'"),
        ("vectors.db", "DELETE FROM entries WHERE slot = (SELECT max(slot) FROM entries)"),
        ("vectors.db", "INSERT INTO entries SELECT slot + 500, key || '+', group_key, label, timestamp, scale, code, refinement, terms, generation, list, digest FROM entries"),
        ("vectors.db", "INSERT INTO entries SELECT slot + 500, key, group_key, label, timestamp, scale, code, refinement, terms, generation, list, digest FROM entries"),
    ];

    /// <summary>Returns the projection that a file belongs to.</summary>
    public static string ProjectionOf(string file) => Path.GetFileNameWithoutExtension(file);

    /// <returns>The number of rows changed.</returns>
    public static int Do(string folder, string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteNonQuery();
    }
}
