using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.DeadLetters;

/// <summary>Reads a dead letter from its row.</summary>
internal static class LetterRow
{
    /// <summary>The columns that <see cref="Read"/> expects; append conditions, including <c>erased</c>.</summary>
    public const string Select = "SELECT " + Columns + " FROM dead_letters ";

    /// <summary>Selects the letters after the row <c>?1</c>, at most <c>?2</c>, with the row's number in the first column.</summary>
    public const string SelectAfter =
        "SELECT id, " + Columns + " FROM dead_letters WHERE erased = 0 AND id > ?1 ORDER BY id LIMIT ?2";

    private const string Columns = "letter_id, source, error, failed_at, event_id, user_id, payload";

    public static DeadLetter Read(SqliteStatement row, int firstColumn = 0) => new(
        row.Text(firstColumn),
        row.Text(firstColumn + 1),
        row.Text(firstColumn + 2),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(firstColumn + 3)),
        row.TextOrNull(firstColumn + 4) is { } eventId ? new EventId(eventId) : null,
        row.TextOrNull(firstColumn + 5) is { } userId ? new UserId(userId) : null,
        row.TextOrNull(firstColumn + 6));
}
