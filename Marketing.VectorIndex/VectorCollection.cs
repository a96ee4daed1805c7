using System.Runtime.CompilerServices;
using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Ivf;
using Marketing.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.VectorIndex;

/// <summary>
/// One complete index: entries and inverted lists in memory, and their tables. One is served; during a rebuild there is a second.
/// The owner ensures that there is one writer at a time.
/// </summary>
internal sealed class VectorCollection
{
    /// <summary>A larger gap between two slots counts as damage to the row number.</summary>
    private const int MaxGap = 10_000_000;

    private readonly EntryCodec _codec;

    public VectorCollection(EntryCodec codec, VectorTables tables, EmbeddedVectorIndexOptions options, SemaphoreSlim writeLock, ILogger logger)
    {
        _codec = codec;
        Tables = tables;
        Store = new EntryStore(codec.Dimensions);
        Ivf = new IvfMaintenance(Store, tables, options, writeLock, logger);
    }

    public VectorTables Tables { get; }

    public EntryStore Store { get; }

    public IvfMaintenance Ivf { get; }

    /// <summary>Reads the tables. Skips invalid rows, which the consistency check then finds missing.</summary>
    public void Restore()
    {
        StoredIvf? stored = Ivf.BeginRestore();
        int last = -1;
        foreach (StoredEntry row in Tables.Read())
        {
            if (row.Slot >= 0 && row.Slot - last <= MaxGap && row.Entry.Fits(_codec.Dimensions) && Store.TryRestore(row.Slot, row.Entry))
            {
                Ivf.Restore(row, stored);
                last = row.Slot;
            }
        }

        Store.CompleteRestore();
    }

    /// <summary>Writes the file first, then memory, so that an error leaves both unchanged.</summary>
    public void Commit(WriteBatch batch)
    {
        if (batch.Added.Count + batch.Removed.Count == 0)
        {
            return;
        }

        StoredEntry[] added = [.. batch.Added.Select(entry => ToRow(Store.Reserve(entry.Key), entry))];
        try
        {
            Tables.Write(batch.Removed, added);
        }
        catch
        {
            foreach (StoredEntry row in added)
            {
                Store.Release(row.Slot);
            }

            throw;
        }

        foreach (int slot in batch.Removed)
        {
            Ivf.Remove(slot);
            Store.Remove(slot);
        }

        foreach (StoredEntry row in added)
        {
            Store.Put(row.Slot, row.Entry);
            Ivf.Append(row);
        }

        Ivf.TrainWhenDue();
    }

    /// <summary>Creates the row of an entry.</summary>
    public StoredEntry ToRow(int slot, EncodedEntry entry) => new(slot, entry, Ivf.Generation, Ivf.NearestList(entry));

    public IReadOnlyList<VectorEntry> Latest(string group, int count) =>
    [
        .. Store.EntriesOf(group)
            .Select(found => found.Entry)
            .OrderByDescending(entry => entry.Timestamp)
            .ThenByDescending(entry => entry.Key, StringComparer.Ordinal)
            .Take(count)
            .Select(_codec.Decode),
    ];

    public async IAsyncEnumerable<IReadOnlyList<VectorEntry>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var batch = new List<VectorEntry>(batchSize);
        for (int slot = 0; slot < Store.Capacity; slot++)
        {
            if (Store.TryGet(slot) is { } entry)
            {
                batch.Add(_codec.Decode(entry));
            }

            if (batch.Count == batchSize || (slot == Store.Capacity - 1 && batch.Count > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
                await Task.Yield();
                batch = new List<VectorEntry>(batchSize);
            }
        }
    }
}
