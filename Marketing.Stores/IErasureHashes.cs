namespace Marketing.Stores;

/// <summary>Gives access to the key with which the log remembers erasures.</summary>
internal interface IErasureHashes
{
    /// <summary>Returns the hash with the log's key, which is created if it is missing.</summary>
    Task<ErasureHash> HashAsync(CancellationToken cancellationToken);
}
