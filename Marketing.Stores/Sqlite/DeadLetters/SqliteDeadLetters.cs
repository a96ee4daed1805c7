using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.DeadLetters;

/// <summary>Dead letters in <c>log.db</c>: a payload may be the only copy of what somebody sent.</summary>
internal sealed class SqliteDeadLetters(LogDatabase log) : IDeadLetters
{
    private const string Columns =
        "SELECT letter_id, source, error, failed_at, event_id, user_id, payload FROM dead_letters ";

    private const string SelectPage = Columns +
        "WHERE erased = 0 AND failed_at <= ?1 AND (failed_at < ?1 OR letter_id < ?2) ORDER BY failed_at DESC, letter_id DESC LIMIT ?3";

    private const string SelectOne = Columns + "WHERE key = ?1 AND erased = 0";

    private const string Insert =
        """
        INSERT INTO dead_letters
            (key, letter_id, source, error, failed_at, event_id, user_key, user_id, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    // As everything personal in this file: overwritten in its place, and the row stays until none is left.
    private const string Blank =
        """
        UPDATE dead_letters SET erased = 1,
            letter_id = CAST(zeroblob(octet_length(letter_id)) AS TEXT),
            event_id = iif(event_id IS NULL, NULL, CAST(zeroblob(octet_length(event_id)) AS TEXT)),
            user_id = iif(user_id IS NULL, NULL, CAST(zeroblob(octet_length(user_id)) AS TEXT)),
            payload = iif(payload IS NULL, NULL, CAST(zeroblob(octet_length(payload)) AS TEXT))
        WHERE erased = 0 AND 
        """;

    private const string BlankOne = Blank + "key = ?1";
    private const string BlankOfUser = Blank + "user_key = ?1";
    private const string Count = "SELECT count(*) FROM dead_letters WHERE erased = 0";

    public Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.Count == 0
            ? Task.CompletedTask
            : log.Database.WriteAsync(session => Add(session, letters), letters.Count, cancellationToken);

    public Task<Page<DeadLetter>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var from = cursor is null ? TimeCursor.Newest : TimeCursor.Parse(cursor);
        using var reader = log.Database.Read();
        var row = reader.Session[SelectPage].Bind(1, from.At).Bind(2, from.Id).Bind(3, limit + 1L);
        var letters = new List<DeadLetter>();
        while (row.Step())
        {
            letters.Add(Read(row));
        }

        if (letters.Count <= limit)
        {
            return Task.FromResult(new Page<DeadLetter>(letters, null));
        }

        letters.RemoveAt(limit);
        var next = new TimeCursor(letters[^1].FailedAt.ToUnixTimeMilliseconds(), letters[^1].Id);
        return Task.FromResult(new Page<DeadLetter>(letters, next.ToString()));
    }

    public Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        var row = reader.Session[SelectOne].Bind(1, Key128.Of(id));
        return Task.FromResult(row.Step() ? Read(row) : null);
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(session => Remove(session, BlankOne, Key128.Of(id)) > 0, 1, cancellationToken);

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        int erased = await log.Database.WriteAsync(
            session => Remove(session, BlankOfUser, Key128.Of(userId.Value)), 1, cancellationToken);
        if (erased > 0)
        {
            await log.Database.TruncateWalAsync(cancellationToken);
        }
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        return Task.FromResult(reader.Session[Count].Scalar() ?? 0);
    }

    private static bool Add(SqliteSession session, IReadOnlyList<DeadLetter> letters)
    {
        var insert = session[Insert];
        foreach (var letter in letters)
        {
            session[BlankOne].Bind(1, Key128.Of(letter.Id)).Execute();
            insert
                .Bind(1, Key128.Of(letter.Id))
                .Bind(2, letter.Id)
                .Bind(3, letter.Source)
                .Bind(4, letter.Error)
                .Bind(5, letter.FailedAt.ToUnixTimeMilliseconds())
                .Bind(6, letter.EventId?.Value)
                .Bind(7, letter.UserId is { } user ? Key128.Of(user.Value) : null)
                .Bind(8, letter.UserId?.Value)
                .Bind(9, letter.Payload)
                .Execute();
        }

        return true;
    }

    private static int Remove(SqliteSession session, string blank, Key128 key)
    {
        int removed = session[blank].Bind(1, key).Execute();
        if (removed > 0 && session[Count].Scalar() == 0)
        {
            session["DELETE FROM dead_letters"].Execute();
        }

        return removed;
    }

    private static DeadLetter Read(SqliteStatement row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
        row.TextOrNull(4) is { } eventId ? new EventId(eventId) : null,
        row.TextOrNull(5) is { } userId ? new UserId(userId) : null,
        row.TextOrNull(6));
}
