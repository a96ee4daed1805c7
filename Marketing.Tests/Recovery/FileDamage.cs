using Microsoft.Data.Sqlite;

namespace Marketing.Tests.Recovery;

/// <summary>Damage to a file while it is closed.</summary>
public enum FileDamage
{
    Missing,
    Empty,
    RandomHeader,
    FlippedBytes,
    Truncated,
    NewerVersion,
    Foreign,
}

internal static class FileDamages
{
    private const int Page = 4096;

    public static void Apply(this FileDamage damage, string path)
    {
        switch (damage)
        {
            case FileDamage.Missing:
                File.Delete(path);
                break;
            case FileDamage.Empty:
                File.WriteAllBytes(path, []);
                break;
            case FileDamage.RandomHeader:
                Overwrite(path, 0, 100);
                break;
            case FileDamage.FlippedBytes:
                FlipPages(path);
                break;
            case FileDamage.Truncated:
                using (var file = new FileStream(path, FileMode.Open))
                {
                    file.SetLength((file.Length / 2) - 100);
                }

                break;
            case FileDamage.NewerVersion:
                Run(path, Path.GetFileName(path) == "vectors.db" ? "UPDATE meta SET value = '1000' WHERE key = 'format'" : "PRAGMA user_version=1000");
                break;
            default:
                File.Delete(path);
                Run(path, "CREATE TABLE notes(id INTEGER PRIMARY KEY, text TEXT); INSERT INTO notes VALUES (1, 'of another program')");
                break;
        }
    }

    /// <summary>Flips bytes at the start of every page but the first, where SQLite stores the page type.</summary>
    public static void FlipPages(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (long at = Page; at < file.Length; at += Page)
        {
            file.Position = at;
            var bytes = new byte[12];
            file.ReadExactly(bytes);
            for (var i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= 0x5A;
            }

            file.Position = at;
            file.Write(bytes);
        }
    }

    public static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Overwrite(string path, long at, int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        using var file = new FileStream(path, FileMode.Open);
        file.Position = at;
        file.Write(bytes);
    }
}
