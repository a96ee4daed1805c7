using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Marketing.Benchmarks.Load;

/// <summary>
/// The reference for the log: inserts the same lines into one plain table with a unique id, with the same batch size and durability.
/// </summary>
internal static class RawSqlite
{
    private const int BatchSize = 5_000;

    /// <returns>Rows per second, including parsing.</returns>
    public static async Task<double> RunAsync(string file, string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        await using (var setup = connection.CreateCommand())
        {
            setup.CommandText = """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                CREATE TABLE log (id TEXT PRIMARY KEY, user TEXT, type TEXT, campaign TEXT, text TEXT, at TEXT, properties TEXT) WITHOUT ROWID;
                CREATE INDEX log_user ON log (user, at);
                """;
            await setup.ExecuteNonQueryAsync();
        }

        string[] fields = ["eventId", "userId", "type", "campaignId", "text", "occurredAt", "properties"];
        var clock = Stopwatch.StartNew();
        long rows = 0;
        foreach (var batch in File.ReadLines(file).Chunk(BatchSize))
        {
            await using var transaction = connection.BeginTransaction();
            await using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT OR IGNORE INTO log VALUES ($0, $1, $2, $3, $4, $5, $6)";
            var parameters = fields.Select((_, i) => insert.Parameters.Add($"${i}", SqliteType.Text)).ToArray();
            foreach (var line in batch)
            {
                using var json = JsonDocument.Parse(line);
                for (var i = 0; i < fields.Length; i++)
                {
                    parameters[i].Value = json.RootElement.TryGetProperty(fields[i], out var value) ? value.ToString() : DBNull.Value;
                }

                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            rows += batch.Length;
        }

        return rows / clock.Elapsed.TotalSeconds;
    }
}
