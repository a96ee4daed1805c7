using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.InProcess;

/// <summary>
/// Keeps the cells in step with the entries: restored at start, appended to with every write, made anew in the
/// background when there are many more entries than they were made for. Its owner sees to one writer at a time.
/// </summary>
internal sealed class CellKeeper(
    EntryStore store, VectorRows rows, VectorIndexOptions options, SemaphoreSlim writer, ILogger logger) : IAsyncDisposable
{
    /// <summary>Growth after which other cells serve better.</summary>
    private const int RetrainingFactor = 2;

    private readonly CancellationTokenSource _stopping = new();
    private CellSet? _cells;
    private Task _training = Task.CompletedTask;

    /// <summary>The cells to search; null while every entry is to be compared.</summary>
    public CellSet? Cells => Volatile.Read(ref _cells);

    /// <summary>Counts the times that cells were made.</summary>
    public long Generation { get; private set; }

    /// <summary>Ends when no cells are being made.</summary>
    public Task Training => Volatile.Read(ref _training);

    /// <summary>Makes the cells of before; each entry then comes by <see cref="Restore"/>.</summary>
    public StoredCells? BeginRestore()
    {
        StoredCells? stored = rows.ReadCells();
        if (stored is not null)
        {
            _cells = new CellSet(new Centroids(stored.Codes, stored.Scales, store.Dimensions), stored.Margin, stored.TrainedOn);
            Generation = stored.Generation;
        }

        return stored;
    }

    public void Restore(StoredEntry entry, StoredCells? stored)
    {
        if (stored is not null)
        {
            int cell = entry.Generation == stored.Generation ? entry.Cell
                : entry.Slot < stored.CellOfSlot.Length ? stored.CellOfSlot[entry.Slot] : -1;
            cell = cell >= 0 && cell < _cells!.Centroids.Count ? cell : CellFor(entry.Message); // out of range only in a damaged row
            _cells!.Append(entry.Slot, cell, entry.Message.Code, entry.Message.Scale);
        }
    }

    /// <returns>The cell a message belongs to; -1 without cells.</returns>
    public int CellFor(EncodedMessage message)
    {
        Span<short> wide = stackalloc short[store.Dimensions];
        ScalarCode.Widen(message.Code, wide);
        return _cells?.Centroids.Nearest(wide, message.Scale) ?? -1;
    }

    public void Remove(int slot) => _cells?.Remove(slot, store);

    public void Append(StoredEntry entry) => _cells?.Append(entry.Slot, entry.Cell, entry.Message.Code, entry.Message.Scale);

    /// <summary>Starts making cells when it is time and none are being made.</summary>
    public void TrainWhenDue()
    {
        int due = _cells is null ? options.MessagesBeforeCells : _cells.TrainedOn * RetrainingFactor;
        if (store.Count >= due && _training.IsCompleted && !_stopping.IsCancellationRequested)
        {
            Volatile.Write(ref _training, Task.Run(() => TrainAsync(_stopping.Token)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _training;
        _stopping.Dispose();
    }

    private async Task TrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            long started = Stopwatch.GetTimestamp();
            (CellSet cells, int[] versions) = CellTraining.Run(store, options.RecallTarget, VectorFile.RotationSeed, cancellationToken);
            await writer.WaitAsync(cancellationToken);
            try
            {
                CellTraining.CatchUp(store, cells, versions);
                rows.WriteCells(Stored(cells, Generation + 1));
                Generation++;
                Volatile.Write(ref _cells, cells);
            }
            finally
            {
                writer.Release();
            }

            Log.Trained(logger, cells.Centroids.Count, store.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the next start trains again.
        }
        catch (Exception e)
        {
            // The cells of before, or none, give the same answers more slowly; the next write tries again.
            Log.TrainingFailed(logger, e);
        }
    }

    private StoredCells Stored(CellSet cells, long generation)
    {
        int[] cellOfSlot = new int[store.End];
        for (int slot = 0; slot < cellOfSlot.Length; slot++)
        {
            cellOfSlot[slot] = cells.CellOf(slot);
        }

        return new StoredCells(
            generation, cells.Margin, cells.TrainedOn, [.. cells.Centroids.Scales], [.. cells.Centroids.Codes], cellOfSlot);
    }
}
