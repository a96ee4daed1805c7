using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Stores.Sqlite.Log;

namespace Marketing.Stores.Sqlite.DeadLetters;

/// <summary>Dead letters in <c>log.db</c>, because a payload may be the only copy of what was sent.</summary>
internal sealed class SqliteDeadLetters(LogDatabase log) : IDeadLetters
{
    // ?4 source, ?5 reason, ?6 since, ?7 before.
    private const string Filter =
        """
        (?4 IS NULL OR source = ?4 OR substr(source, 1, length(?4) + 1) = ?4 || ':')
        AND (?5 IS NULL OR instr(lower(error), lower(?5)) > 0)
        AND (?6 IS NULL OR failed_at >= ?6) AND (?7 IS NULL OR failed_at < ?7)
        """;

    private const string SelectPage = LetterRow.Select +
        "WHERE erased = 0 AND failed_at <= ?1 AND (failed_at < ?1 OR letter_id < ?2) AND " + Filter +
        " ORDER BY failed_at DESC, letter_id DESC LIMIT ?3";

    private const string SelectOfUser = LetterRow.Select + "WHERE erased = 0 AND user_key = ?1";
    private const string SelectOfNobody = LetterRow.Select + "WHERE erased = 0 AND user_key IS NULL AND payload IS NOT NULL";

    private const string SelectOne = LetterRow.Select + "WHERE key = ?1 AND erased = 0";

    private const string Insert =
        """
        INSERT INTO dead_letters
            (key, letter_id, source, error, failed_at, event_id, user_key, user_id, payload)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    // Like all personal data in this file, a letter is overwritten in place, and its row stays until no letter is left.
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
    private const string BlankAsRead = Blank + "key = ?1 AND failed_at = ?2";
    private const string BlankOfUser = Blank + "user_key = ?1";
    private const string BlankFiltered = Blank + Filter;
    private const string Count = "SELECT count(*) FROM dead_letters WHERE erased = 0";

    public Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.Count == 0
            ? Task.CompletedTask
            : log.Database.WriteAsync(session => Add(session, letters), letters.Count, cancellationToken);

    public Task<Page<DeadLetter>> ListAsync(DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var from = cursor is null ? TimeCursor.Newest : TimeCursor.Parse(cursor);
        using var reader = log.Database.Read();
        var letters = ReadAll(
            Bind(reader.Session[SelectPage], filter).Bind(1, from.At).Bind(2, from.Id).Bind(3, limit + 1L));

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
        return Task.FromResult(row.Step() ? LetterRow.Read(row) : null);
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(
            session => Clear(session, session[BlankOne].Bind(1, Key128.Of(id)).Execute()) > 0, 1, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        letters.Count == 0
            ? Task.CompletedTask
            : log.Database.WriteAsync(session => Clear(session, RemoveAsRead(session, letters)), letters.Count, cancellationToken);

    public Task<long> RemoveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        log.Database.WriteAsync(
            session => (long)Clear(session, Bind(session[BlankFiltered], filter).Execute()), 1_000, cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> OfUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = log.Database.Read();
        using var snapshot = reader.Session.BeginRead();
        var letters = ReadAll(reader.Session[SelectOfUser].Bind(1, Key128.Of(userId.Value)));
        letters.AddRange(ReadAll(reader.Session[SelectOfNobody], letter => PayloadUser.Find(letter.Payload) == userId));
        return Task.FromResult<IReadOnlyList<DeadLetter>>(
            [.. letters.OrderByDescending(letter => letter.FailedAt).ThenByDescending(letter => letter.Id, StringComparer.Ordinal)]);
    }

    public async Task EraseAsync(UserId userId, CancellationToken cancellationToken)
    {
        int erased = await log.Database.WriteAsync(session => Clear(session, Erase(session, userId)), 1, cancellationToken);
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

    private static SqliteStatement Bind(SqliteStatement statement, DeadLetterFilter filter) => statement
        .Bind(4, filter.Source)
        .Bind(5, filter.Reason)
        .Bind(6, filter.Since?.ToUnixTimeMilliseconds())
        .Bind(7, filter.Before?.ToUnixTimeMilliseconds());

    private static int RemoveAsRead(SqliteSession session, IReadOnlyList<DeadLetter> letters)
    {
        var blank = session[BlankAsRead];
        int removed = 0;
        foreach (var letter in letters)
        {
            removed += blank.Bind(1, Key128.Of(letter.Id)).Bind(2, letter.FailedAt.ToUnixTimeMilliseconds()).Execute();
        }

        return removed;
    }

    private static int Erase(SqliteSession session, UserId userId) =>
        session[BlankOfUser].Bind(1, Key128.Of(userId.Value)).Execute()
        + RemoveAsRead(session, ReadAll(session[SelectOfNobody], letter => PayloadUser.MayName(letter.Payload, userId)));

    /// <summary>Deletes the overwritten rows once the last letter is gone.</summary>
    private static int Clear(SqliteSession session, int removed)
    {
        if (removed > 0 && session[Count].Scalar() == 0)
        {
            session["DELETE FROM dead_letters"].Execute();
        }

        return removed;
    }

    private static List<DeadLetter> ReadAll(SqliteStatement row, Func<DeadLetter, bool>? where = null)
    {
        var letters = new List<DeadLetter>();
        while (row.Step())
        {
            var letter = LetterRow.Read(row);
            if (where is null || where(letter))
            {
                letters.Add(letter);
            }
        }

        return letters;
    }
}
