using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.InProcess;

/// <summary>
/// One complete index: entries and inverted lists in memory, and their tables. One is served; during a rebuild there is a second.
/// The owner ensures that there is one writer at a time.
/// </summary>
internal sealed class VectorCollection
{
    /// <summary>A larger gap between two slots counts as damage to the row number.</summary>
    private const int MaxGap = 10_000_000;

    private readonly MessageCodec _codec;

    public VectorCollection(MessageCodec codec, VectorTables tables, VectorIndexOptions options, SemaphoreSlim writeLock, ILogger logger)
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
        foreach (StoredEntry entry in Tables.Read())
        {
            if (entry.Slot >= 0 && entry.Slot - last <= MaxGap && entry.Message.Fits(_codec.Dimensions) && Store.TryRestore(entry.Slot, entry.Message))
            {
                Ivf.Restore(entry, stored);
                last = entry.Slot;
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

        StoredEntry[] added = [.. batch.Added.Select(message => ToEntry(Store.Reserve(message.Id), message))];
        try
        {
            Tables.Write(batch.Removed, added);
        }
        catch
        {
            foreach (StoredEntry entry in added)
            {
                Store.Release(entry.Slot);
            }

            throw;
        }

        foreach (int slot in batch.Removed)
        {
            Ivf.Remove(slot);
            Store.Remove(slot);
        }

        foreach (StoredEntry entry in added)
        {
            Store.Put(entry.Slot, entry.Message);
            Ivf.Append(entry);
        }

        Ivf.TrainWhenDue();
    }

    /// <summary>Creates the row of an entry.</summary>
    public StoredEntry ToEntry(int slot, EncodedMessage message) => new(slot, message, Ivf.Generation, Ivf.NearestList(message));

    public IReadOnlyList<MessageVector> Latest(UserId userId, int count) =>
    [
        .. Store.EntriesOfUser(userId)
            .Select(entry => entry.Message)
            .OrderByDescending(message => message.OccurredAt)
            .ThenByDescending(message => message.Id)
            .Take(count)
            .Select(_codec.Decode),
    ];

    public async IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var batch = new List<MessageVector>(batchSize);
        for (int slot = 0; slot < Store.Capacity; slot++)
        {
            if (Store.TryGet(slot) is { } message)
            {
                batch.Add(_codec.Decode(message));
            }

            if (batch.Count == batchSize || (slot == Store.Capacity - 1 && batch.Count > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
                await Task.Yield();
                batch = new List<MessageVector>(batchSize);
            }
        }
    }
}
