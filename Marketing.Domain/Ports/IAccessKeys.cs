namespace Marketing.Domain.Ports;

/// <summary>The API keys. A few thousand at most, because every process keeps them in memory.</summary>
public interface IAccessKeys
{
    /// <summary>Stores a new key.</summary>
    Task AddAsync(AccessKey key, CancellationToken cancellationToken);

    /// <summary>Removes a key for good; returns false if it does not exist.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Returns every key, newest first: by id, descending.</summary>
    Task<IReadOnlyList<AccessKey>> AllAsync(CancellationToken cancellationToken);

    /// <summary>Returns a number that changes whenever any process adds or removes a key; cheap enough to poll.</summary>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Records when keys were last used, by id. A time never moves back, an unknown id is ignored, and the version stays.
    /// </summary>
    Task NoteUsesAsync(IReadOnlyDictionary<string, DateTimeOffset> uses, CancellationToken cancellationToken);
}
