using Marketing.Domain;
using Microsoft.Data.Sqlite;

namespace Marketing.Benchmarks.Log;

/// <summary>
/// The reference for the log: inserts the same rows with one prepared <see cref="SqliteCommand"/> in a loop, with the same durability and
/// transaction size.
/// </summary>
/// <remarks>Bare: one table keyed by event id. Indexed: also the index and the queue that a log needs.</remarks>
internal static class RawLoop
{
    private const string Bare =
        """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
        CREATE TABLE interactions(event_id TEXT PRIMARY KEY, user_id TEXT, type INTEGER, campaign_id TEXT,
            occurred_at INTEGER, text TEXT, properties TEXT);
        """;

    private const string Indexed = Bare +
        """
        CREATE INDEX by_user ON interactions(user_id, occurred_at);
        CREATE TABLE queue(event_id TEXT, available_at INTEGER);
        """;

    public static void Run(string path, Interaction[] rows, int batch, bool indexed)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, indexed ? Indexed : Bare);
        using var insert = Prepare(connection, "INSERT OR IGNORE INTO interactions VALUES ($0, $1, $2, $3, $4, $5, $6)", 7);
        using var enqueue = indexed ? Prepare(connection, "INSERT INTO queue VALUES ($0, $1)", 2) : null;
        foreach (var chunk in rows.Chunk(batch))
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var row in chunk)
            {
                object?[] values = [row.Id.Value, row.UserId.Value, (int)row.Type, row.CampaignId?.Value, row.OccurredAt.ToUnixTimeMilliseconds(), row.Text, row.Properties];
                if (Run(insert, values) == 1 && enqueue is not null)
                {
                    enqueue.Transaction = transaction;
                    Run(enqueue, [row.Id.Value, 0L]);
                }
            }

            transaction.Commit();
        }
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }

        command.Prepare();
        return command;
    }

    private static int Run(SqliteCommand command, object?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
