using System.Security.Cryptography;
using Marketing.Stores.Contents;
using Marketing.Stores.Sqlite.Contents;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Backup;

/// <summary>The copy of the log in a backup, opened so that nothing can change it.</summary>
internal sealed class BackupFile : IDisposable
{
    private readonly SqliteReaders _readers;

    public BackupFile(string path)
    {
        // Immutable: SQLite takes no lock and writes no file beside it, so that a backup on a read-only disk can be checked.
        string uri = new Uri(Path.GetFullPath(path)).AbsoluteUri + "?mode=ro&immutable=1";
        _readers = new SqliteReaders(() => new SqliteSession(uri, "PRAGMA query_only=ON;"));
        try
        {
            using var reader = _readers.Rent();
            Schema = (int)(reader.Session["PRAGMA user_version"].Scalar() ?? 0);
            var row = reader.Session["SELECT log_id, next_seq - 1 FROM state WHERE id = 1"];
            if (row.Step())
            {
                (LogId, LastSequence) = (row.TextOrNull(0), row.Int64(1));
            }
        }
        catch
        {
            _readers.Dispose();
            throw;
        }
    }

    /// <summary>The version of the tables.</summary>
    public int Schema { get; }

    /// <summary>The identity of the log; null when the file has none.</summary>
    public string? LogId { get; }

    /// <summary>The number of the log's last interaction.</summary>
    public long LastSequence { get; }

    public static async Task<string> DigestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Returns what SQLite finds wrong with the file; null when it is intact.</summary>
    public string? FindDamage()
    {
        try
        {
            using var reader = _readers.Rent();
            var row = reader.Session["PRAGMA integrity_check(1)"];
            return row.Step() && row.Text(0) is var found && found != "ok" ? found : null;
        }
        catch (SqliteException error) when (Damage.IsDamage(error))
        {
            return error.Message;
        }
    }

    public async Task<IReadOnlyList<PartSummary>> SummarizeAsync(CancellationToken cancellationToken)
    {
        var summaries = new List<PartSummary>();
        foreach (var part in SqliteParts.Of(_readers))
        {
            summaries.Add(await part.SummarizeAsync(cancellationToken));
        }

        return summaries;
    }

    public void Dispose() => _readers.Dispose();
}
