using System.Diagnostics;
using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Quantization;
using Marketing.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.VectorIndex.Ivf;

/// <summary>
/// Maintains the inverted lists: restores them at startup, updates them with every write, and retrains them in the background
/// when the number of entries has doubled. The owner ensures that there is one writer at a time.
/// </summary>
internal sealed class IvfMaintenance(
    EntryStore store, VectorTables tables, EmbeddedVectorIndexOptions options, SemaphoreSlim writeLock, ILogger logger) : IAsyncDisposable
{
    /// <summary>The lists are retrained when the number of entries has grown by this factor.</summary>
    private const int RetrainingFactor = 2;

    private readonly CancellationTokenSource _stopping = new();
    private IvfIndex? _current;
    private Task _training = Task.CompletedTask;

    /// <summary>The lists to search; null while the index is small enough for exact search.</summary>
    public IvfIndex? Current => Volatile.Read(ref _current);

    /// <summary>How many times the lists were trained.</summary>
    public long Generation { get; private set; }

    /// <summary>Completes when no training is running.</summary>
    public Task Training => Volatile.Read(ref _training);

    /// <summary>Restores the stored lists, still empty; <see cref="Restore"/> then adds each entry.</summary>
    public StoredIvf? BeginRestore()
    {
        StoredIvf? stored = tables.ReadIvf();
        if (stored is not null)
        {
            _current = new IvfIndex(new Centroids(stored.Codes, stored.Scales, store.Dimensions), stored.ProbeMargin, stored.TrainedOn);
            Generation = stored.Generation;
        }

        return stored;
    }

    public void Restore(StoredEntry entry, StoredIvf? stored)
    {
        if (stored is not null)
        {
            int list = entry.Generation == stored.Generation ? entry.List
                : entry.Slot < stored.ListOfSlot.Length ? stored.ListOfSlot[entry.Slot] : -1;
            list = list >= 0 && list < _current!.Centroids.Count ? list : NearestList(entry.Entry); // out of range only in a damaged row
            _current!.Append(entry.Slot, list, entry.Entry.Code, entry.Entry.Scale);
        }
    }

    /// <returns>The list of the nearest centroid; -1 while there are no lists.</returns>
    public int NearestList(EncodedEntry entry)
    {
        Span<short> wide = stackalloc short[store.Dimensions];
        ScalarCode.Widen(entry.Code, wide);
        return _current?.Centroids.Nearest(wide, entry.Scale) ?? -1;
    }

    public void Remove(int slot) => _current?.Remove(slot, store);

    public void Append(StoredEntry entry) => _current?.Append(entry.Slot, entry.List, entry.Entry.Code, entry.Entry.Scale);

    /// <summary>Starts training when it is due and not already running.</summary>
    public void TrainWhenDue()
    {
        int due = _current is null ? options.EntriesBeforeInvertedLists : _current.TrainedOn * RetrainingFactor;
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
            (IvfIndex ivf, int[] versions) = IvfTraining.Run(store, options.RecallTarget, Rotation.Seed, cancellationToken);
            await writeLock.WaitAsync(cancellationToken);
            try
            {
                IvfTraining.CatchUp(store, ivf, versions);
                tables.WriteIvf(ToStored(ivf, Generation + 1));
                Generation++;
                Volatile.Write(ref _current, ivf);
            }
            finally
            {
                writeLock.Release();
            }

            Log.Trained(logger, ivf.Centroids.Count, store.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the next start trains again.
        }
        catch (Exception e)
        {
            // The old lists, or none, give the same answers more slowly; the next write tries again.
            Log.TrainingFailed(logger, e);
        }
    }

    private StoredIvf ToStored(IvfIndex ivf, long generation)
    {
        int[] listOfSlot = new int[store.Capacity];
        for (int slot = 0; slot < listOfSlot.Length; slot++)
        {
            listOfSlot[slot] = ivf.ListOf(slot);
        }

        return new StoredIvf(
            generation, ivf.ProbeMargin, ivf.TrainedOn, [.. ivf.Centroids.Scales], [.. ivf.Centroids.Codes], listOfSlot);
    }
}
