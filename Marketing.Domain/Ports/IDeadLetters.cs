
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
