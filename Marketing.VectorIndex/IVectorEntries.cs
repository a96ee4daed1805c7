namespace Marketing.VectorIndex;

/// <summary>Entries that can be read and written: the served ones, or those of a rebuild.</summary>
public interface IVectorEntries
{
    /// <summary>The number of entries.</summary>
    int Count { get; }

    /// <summary>
    /// Adds or replaces entries by key, then keeps only the newest of each group (by timestamp, then key in ordinal order), whatever the
    /// order of arrival.
    /// </summary>
    /// <exception cref="ArgumentException">The length of a vector is not that of the index.</exception>
    Task UpsertAsync(IReadOnlyList<VectorEntry> entries, CancellationToken cancellationToken);

    /// <summary>Returns the newest entries of a group, newest first; empty if there are none.</summary>
    IReadOnlyList<VectorEntry> Latest(string group, int count);

    /// <summary>Removes entries by key; unknown keys are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Removes a group, and overwrites what the file and its write-ahead log hold of it.</summary>
    Task RemoveGroupAsync(string group, CancellationToken cancellationToken);

    /// <summary>Returns every entry, in batches.</summary>
    IAsyncEnumerable<IReadOnlyList<VectorEntry>> ScanAsync(int batchSize, CancellationToken cancellationToken);
}
