
namespace Marketing.Domain.Ports;

/// <summary>What could not be taken in or projected, kept with its reason until somebody decides.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps a batch. A letter whose id is already kept is replaced.</summary>
    Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>The letters that a filter lets through, newest first, from an opaque cursor on.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<Page<DeadLetter>> ListAsync(DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>One letter; null when there is none of that id.</summary>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes a letter; false when there was none.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes letters as they were read: one that was kept again since is another, and stays.</summary>
    Task RemoveAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>Removes every letter that a filter lets through.</summary>
    /// <returns>How many.</returns>
    Task<long> RemoveAsync(DeadLetterFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// The letters that concern a user, newest first: those of the user, and those of nobody whose payload names them
    /// (<c>PayloadUser.Find</c>).
    /// </summary>
    Task<IReadOnlyList<DeadLetter>> OfUserAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every letter that concerns the user, and those of nobody whose payload may name them
    /// (<c>PayloadUser.MayName</c>).
    /// </summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
