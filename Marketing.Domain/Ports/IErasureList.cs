namespace Marketing.Domain.Ports;

/// <summary>
/// A list of erasures, kept beside the backups and not in the log. A backup that is older than an erasure still holds the user's data;
/// restoring it applies the list.
/// </summary>
public interface IErasureList
{
    /// <summary>Adds an erasure, without the user's id, unless it is listed; on return the entry is durable.</summary>
    /// <exception cref="IOException">The list cannot be written.</exception>
    Task AddAsync(UnfinishedErasure erasure, CancellationToken cancellationToken);
}
