using Microsoft.Data.Sqlite;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Truncates a file's WAL. SQLite runs one checkpoint at a time and reports busy to a second one, so callers that arrive during a
/// checkpoint share the next one, which starts after all of their commits.
/// </summary>
internal sealed class WalTruncation(string path, int busyTimeoutMilliseconds)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <exception cref="SqliteException">Another process kept the WAL open until the timeout.</exception>
    public Task RunAsync()
    {
        lock (_gate)
        {
            return _next is null && _running.IsCompleted ? _running = TruncateAsync() : _next ??= AfterAsync(_running);
        }
    }

    private async Task AfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        Task own;
        lock (_gate)
        {
            _next = null;
            _running = own = TruncateAsync();
        }

        await own;
    }

    /// <summary>Retries until the timeout: another checkpoint ends soon, but a reader in another process may not.</summary>
    private Task TruncateAsync() => Task.Run(async () =>
    {
        using var session = new SqliteSession(path, $"PRAGMA busy_timeout={busyTimeoutMilliseconds}");
        long started = TimeProvider.System.GetTimestamp();
        while (!TryTruncate(session))
        {
            if (TimeProvider.System.GetElapsedTime(started).TotalMilliseconds > busyTimeoutMilliseconds)
            {
                throw new SqliteException(
                    $"{Path.GetFileName(path)}: another process kept the write-ahead log open; deleted data is still in it.",
                    SQLitePCL.raw.SQLITE_BUSY);
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    });

    private static bool TryTruncate(SqliteSession session)
    {
        var checkpoint = session["PRAGMA wal_checkpoint(TRUNCATE)"];
        try
        {
            return checkpoint.Step() && checkpoint.Int64(0) == 0;
        }
        finally
        {
            checkpoint.Reset();
        }
    }
}
