using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.InProcess;

/// <summary>
/// One whole index: entries and cells in memory, and their rows. There is one that is served, and one more while a rebuild fills it.
/// Its owner sees to one writer at a time.
/// </summary>
internal sealed class IndexState
{
    /// <summary>Free slots in a row after which the next row's number is taken for damage.</summary>
    private const int MaxGap = 10_000_000;

    private readonly MessageCodec _codec;

    public IndexState(MessageCodec codec, VectorRows rows, VectorIndexOptions options, SemaphoreSlim writer, ILogger logger)
    {
        _codec = codec;
        Rows = rows;
        Store = new EntryStore(codec.Dimensions);
        Cells = new CellKeeper(Store, rows, options, writer, logger);
    }

    public VectorRows Rows { get; }

    public EntryStore Store { get; }

    public CellKeeper Cells { get; }

    /// <summary>Reads what the rows hold. A row that makes no sense is passed over: the check finds that it is missing.</summary>
    public void Restore()
    {
        StoredCells? stored = Cells.BeginRestore();
        int last = -1;
        foreach (StoredEntry entry in Rows.Read())
        {
            if (entry.Slot >= 0 && entry.Slot - last <= MaxGap && entry.Message.Fits(_codec.Dimensions) && Store.TryRestore(entry.Slot, entry.Message))
            {
                Cells.Restore(entry, stored);
                last = entry.Slot;
            }
        }

        Store.CompleteRestore();
    }

    /// <summary>First the file, then what is searched: an error leaves both as they were.</summary>
    public void Commit(Retention change)
    {
        if (change.Added.Count + change.Removed.Count == 0)
        {
            return;
        }

        StoredEntry[] added = [.. change.Added.Select(message => ToEntry(Store.Reserve(message.Id), message))];
        try
        {
            Rows.Write(change.Removed, added);
        }
        catch
        {
            foreach (StoredEntry entry in added)
            {
                Store.Release(entry.Slot);
            }

            throw;
        }

        foreach (int slot in change.Removed)
        {
            Cells.Remove(slot);
            Store.Remove(slot);
        }

        foreach (StoredEntry entry in added)
        {
            Store.Put(entry.Slot, entry.Message);
            Cells.Append(entry);
        }

        Cells.TrainWhenDue();
    }

    /// <summary>A row for what is in memory.</summary>
    public StoredEntry ToEntry(int slot, EncodedMessage message) => new(slot, message, Cells.Generation, Cells.CellFor(message));

    public IReadOnlyList<MessageVector> Latest(UserId userId, int count) =>
    [
        .. Store.OfUser(userId)
            .Select(entry => entry.Message)
            .OrderByDescending(message => message.OccurredAt)
            .ThenByDescending(message => message.Id)
            .Take(count)
            .Select(_codec.Decode),
    ];
}
