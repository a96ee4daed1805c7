namespace Marketing.Domain.Ports;

/// <summary>Keeps what could not be ingested or projected, with the reason, until an operator replays or removes it.</summary>
public interface IDeadLetters
{
    /// <summary>Adds a batch, replacing dead letters with the same id.</summary>
    Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>Lists the dead letters that match the filter, newest first, starting at an opaque cursor.</summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    Task<Page<DeadLetter>> ListAsync(DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Returns one dead letter, or null if the id is unknown.</summary>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes one dead letter; returns false if the id is unknown.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes dead letters as they were read; one that was added again since then stays.</summary>
    Task RemoveAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>Removes every dead letter that matches the filter.</summary>
    /// <returns>The number removed.</returns>
    Task<long> RemoveAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the dead letters of a user, newest first, including those without a user whose payload names this one
    /// (<c>PayloadUser.Find</c>).
    /// </summary>
    Task<IReadOnlyList<DeadLetter>> OfUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every dead letter of the user, including those without a user whose payload may name this one
    /// (<c>PayloadUser.MayName</c>).
    /// </summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Returns the number of dead letters.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}

/// <summary>An interaction or raw input that could not be ingested or projected.</summary>
/// <param name="Id">The dead letter's id, derived from source and content.</param>
/// <param name="Source">Where it came from: <c>projection:NAME</c>, <c>kafka</c> or <c>file:NAME</c>.</param>
/// <param name="Error">The reason, without any chat text.</param>
/// <param name="FailedAt">When it failed.</param>
/// <param name="EventId">The interaction, if it reached the log.</param>
/// <param name="UserId">The user, if known.</param>
/// <param name="Payload">The raw input, if it never reached the log; personal data.</param>
public sealed record DeadLetter(
    string Id, string Source, string Error, DateTimeOffset FailedAt, EventId? EventId, UserId? UserId, string? Payload);

/// <summary>Selects dead letters; a null property does not filter.</summary>
/// <param name="Source">The source, or its part before the colon: <c>file:a.csv</c>, or <c>file</c> for all files.</param>
/// <param name="Reason">A substring of the reason; ASCII letters match in either case.</param>
/// <param name="Since">Inclusive lower bound of the failure time.</param>
/// <param name="Before">Exclusive upper bound of the failure time.</param>
public sealed record DeadLetterFilter(
    string? Source = null, string? Reason = null, DateTimeOffset? Since = null, DateTimeOffset? Before = null)
{
    /// <summary>Selects every dead letter.</summary>
    public static readonly DeadLetterFilter All = new();
}

/// <summary>Shortcuts for <see cref="IDeadLetters"/>.</summary>
public static class DeadLettersExtensions
{
    /// <summary>Lists all dead letters, newest first, starting at an opaque cursor.</summary>
    /// <exception cref="FormatException">The cursor is invalid.</exception>
    public static Task<Page<DeadLetter>> ListAsync(
        this IDeadLetters letters, string? cursor, int limit, CancellationToken cancellationToken) =>
        letters.ListAsync(DeadLetterFilter.All, cursor, limit, cancellationToken);
}
