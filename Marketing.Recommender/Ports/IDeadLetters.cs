using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ports;

/// <summary>What could not be taken in or projected, kept with its reason until somebody decides.</summary>
public interface IDeadLetters
{
    /// <summary>Keeps a batch. A letter whose id is already kept is replaced.</summary>
    Task AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>The letters, newest first, from an opaque cursor on.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<Page<DeadLetter>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>One letter; null when there is none of that id.</summary>
    Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes a letter; false when there was none.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes every letter that concerns the user.</summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>How many there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
