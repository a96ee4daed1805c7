using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>A log's store as a copy sees it: everything that the ports do not offer.</summary>
internal interface ICopyStore
{
    /// <summary>The store in messages.</summary>
    string Name { get; }

    /// <summary>The log's identity.</summary>
    string Identity { get; }

    /// <summary>The log, to append to and to look up.</summary>
    IInteractionLog Log { get; }

    /// <summary>The parts that are moved record by record; interactions are moved in the order of the log instead.</summary>
    IReadOnlyList<IMovablePart> Parts { get; }

    /// <summary>Reads interactions in an order in which nothing is added before a position that was read.</summary>
    /// <param name="position">Where to continue; null is the start.</param>
    /// <param name="max">The most interactions to return.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<InteractionPage> ReadAsync(string? position, int max, CancellationToken cancellationToken);

    /// <summary>Counts and digests the interactions up to a position, or more where positions do not order the log.</summary>
    Task<PartSummary> SummarizeAsync(string? upTo, CancellationToken cancellationToken);

    /// <summary>Removes the text of chats and makes them pending again, so that their vectors are removed too.</summary>
    Task RedactAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken);

    /// <summary>Returns the key of remembered erasures; null when there is none yet.</summary>
    Task<byte[]?> FindErasureKeyAsync(CancellationToken cancellationToken);

    /// <summary>Stores the key of remembered erasures, unless there is one.</summary>
    Task AddErasureKeyAsync(byte[] key, CancellationToken cancellationToken);

    /// <summary>Returns every user of whom the log has something, in any order; some may be returned twice.</summary>
    IAsyncEnumerable<UserId> UsersAsync(CancellationToken cancellationToken);

    /// <summary>Erases a user from log, attributes and dead letters, and leaves a note so that the projections follow.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="erasedAt">When the user was erased from the source.</param>
    /// <param name="cancellationToken">Cancels an erasure that has not started.</param>
    Task EraseAsync(UserId userId, DateTimeOffset erasedAt, CancellationToken cancellationToken);

    /// <summary>Returns what <see cref="SetStateAsync"/> has stored; null when nothing is stored.</summary>
    Task<string?> FindStateAsync(string name, CancellationToken cancellationToken);

    /// <summary>Stores the progress of a copy to this store, as durably as an append.</summary>
    Task SetStateAsync(string name, string value, CancellationToken cancellationToken);
}

/// <summary>Interactions in the order of a copy.</summary>
/// <param name="Interactions">The interactions; may be empty before the end.</param>
/// <param name="Next">Where to continue, also when more is appended after the end.</param>
/// <param name="IsEnd">Whether everything present has been read.</param>
internal sealed record InteractionPage(IReadOnlyList<Interaction> Interactions, string Next, bool IsEnd);
