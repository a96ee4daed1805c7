using System.Diagnostics;
using Marketing.VectorIndex.Entries;
using Marketing.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.VectorIndex;

/// <summary>
/// A cosine nearest-neighbor index in memory and in one SQLite file: exact search over rotated 8-bit codes while it is small, inverted
/// lists with RaBitQ codes when it is large. Searches take no lock except to look up a key. One process may open a file at a time.
/// </summary>
public sealed class EmbeddedVectorIndex : IVectorEntries, IAsyncDisposable
{
    private const int MaxResults = 1_000;

    private readonly SemaphoreSlim _writeLock = new(1, 1);
    private readonly EmbeddedVectorIndexOptions _options;
    private readonly EntryCodec _codec;
    private readonly VectorFile _file;
    private readonly ILogger _logger;

    /// <summary>The collections that rebuilds are filling; guarded by the write lock.</summary>
    private readonly List<VectorCollection> _rebuilds = [];

    private volatile VectorCollection _served;
    private int _disposed;

    /// <summary>Opens an index, or creates it.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="model">The name and version of what makes the vectors; stored with the index.</param>
    /// <param name="dimensions">The number of components of a vector.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logger">The logger.</param>
    /// <exception cref="VectorSpaceMismatchException">The file was made with another model or dimension.</exception>
    /// <exception cref="InvalidDataException">The format of the file is unknown.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file is damaged or cannot be opened.</exception>
    public EmbeddedVectorIndex(string path, string model, int dimensions, EmbeddedVectorIndexOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        long started = Stopwatch.GetTimestamp();
        _options = options;
        _codec = new EntryCodec(model, dimensions);
        _logger = logger;
        _file = new VectorFile(path, model, dimensions);
        try
        {
            _served = new VectorCollection(_codec, _file.Tables, options, _writeLock, logger);
            _served.Restore();
        }
        catch
        {
            // Close it now: a connection that outlived the file would remove the write-ahead log of the next one.
            _file.Dispose();
            throw;
        }

        Log.Opened(logger, _served.Store.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Completes when no inverted lists are being trained.</summary>
    public Task Training => _served.Ivf.Training;

    /// <inheritdoc />
    public int Count => _served.Store.Count;

    /// <inheritdoc />
    public Task UpsertAsync(IReadOnlyList<VectorEntry> entries, CancellationToken cancellationToken) =>
        UpsertAsync(entries, null, cancellationToken);

    /// <inheritdoc />
    public Task RemoveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) => RemoveAsync(keys, null, cancellationToken);

    /// <inheritdoc />
    public Task RemoveGroupAsync(string group, CancellationToken cancellationToken) => RemoveGroupAsync(group, null, cancellationToken);

    /// <inheritdoc />
    public IReadOnlyList<VectorEntry> Latest(string group, int count) => _served.Latest(group, count);

    /// <inheritdoc />
    public IAsyncEnumerable<IReadOnlyList<VectorEntry>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        _served.ScanAsync(batchSize, cancellationToken);

    /// <summary>Returns the entries nearest to a vector, best first.</summary>
    /// <exception cref="ArgumentException">The length of the vector is not that of the index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to 1,000.</exception>
    public IReadOnlyList<SearchMatch> Search(SearchQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Count, MaxResults);
        return VectorSearch.Run(_served, _codec, query);
    }

    /// <summary>Compares the file with memory, and both with the digests.</summary>
    /// <param name="repair">Whether to rewrite rows from memory, and to remove entries that are corrupt in both.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The number of entries that differ.</returns>
    public async Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        IndexConsistencyCheck? check = null;
        VectorCollection? checkedCollection = null;
        for (bool more = true; more;)
        {
            await UnderWriteLockAsync(
                () =>
                {
                    // A rebuild that completes meanwhile replaces everything checked so far.
                    check = checkedCollection == _served ? check : new IndexConsistencyCheck(checkedCollection = _served);
                    more = check!.CheckNext(repair);
                },
                cancellationToken);
        }

        return check!.Differences;
    }

    /// <summary>Fills a second set of entries beside the served one, then replaces that in one step.</summary>
    /// <remarks>Writes made meanwhile go to both. When filling fails, the served entries stay.</remarks>
    /// <param name="fill">Writes the entries.</param>
    /// <param name="cancellationToken">Abandons the rebuild.</param>
    public async Task RebuildAsync(Func<IVectorEntries, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fill);
        VectorCollection rebuild = null!;
        await UnderWriteLockAsync(
            () => _rebuilds.Add(rebuild = new VectorCollection(_codec, _file.BeginRebuild(), _options, _writeLock, _logger)), cancellationToken);
        bool swapped = false;
        VectorCollection replaced = _served;
        try
        {
            await fill(new RebuildEntries(this, rebuild), cancellationToken);

            // Searches would be slow without inverted lists.
            await rebuild.Ivf.Training.WaitAsync(cancellationToken);
            await UnderWriteLockAsync(
                () =>
                {
                    replaced = _served;
                    _rebuilds.Remove(rebuild);
                    _file.Swap(rebuild.Tables);
                    _served = rebuild;
                    swapped = true;
                },
                cancellationToken);
        }
        finally
        {
            if (!swapped)
            {
                await UnderWriteLockAsync(
                    () =>
                    {
                        _rebuilds.Remove(rebuild);
                        rebuild.Tables.Drop();
                    },
                    CancellationToken.None);
            }

            await (swapped ? replaced : rebuild).Ivf.DisposeAsync();
        }
    }

    /// <summary>Waits for a running training to stop, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _served.Ivf.DisposeAsync();
        _file.Dispose();
        _writeLock.Dispose();
    }

    private async Task UpsertAsync(IReadOnlyList<VectorEntry> entries, VectorCollection? rebuild, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        EncodedEntry[] encoded = [.. entries.Select(_codec.Encode)];
        await WriteAsync(collection => WriteBatch.ForUpsert(collection.Store, encoded, _options.EntriesPerGroup), rebuild, cancellationToken);
    }

    private Task RemoveAsync(IReadOnlyList<string> keys, VectorCollection? rebuild, CancellationToken cancellationToken) =>
        WriteAsync(collection => WriteBatch.ForRemoval(collection.Store, keys), rebuild, cancellationToken);

    private Task RemoveGroupAsync(string group, VectorCollection? rebuild, CancellationToken cancellationToken) =>
        WriteAsync(collection => WriteBatch.ForRemoval(collection.Store, group), rebuild, cancellationToken, erase: true);

    /// <summary>Writes to one rebuild or, when it is null, to the served collection and every rebuild.</summary>
    private Task WriteAsync(
        Func<VectorCollection, WriteBatch> batchFor, VectorCollection? rebuild, CancellationToken cancellationToken, bool erase = false) => UnderWriteLockAsync(
        () =>
        {
            if (rebuild is null)
            {
                _served.Commit(batchFor(_served));
            }

            foreach (VectorCollection other in rebuild is null ? _rebuilds : [rebuild])
            {
                other.Commit(batchFor(other));
            }

            if (erase)
            {
                _file.Truncate();
            }
        },
        cancellationToken);

    private async Task UnderWriteLockAsync(Action action, CancellationToken cancellationToken)
    {
        await _writeLock.WaitAsync(cancellationToken);
        try
        {
            action();
        }
        finally
        {
            _writeLock.Release();
        }
    }

    /// <summary>The entries that a rebuild fills.</summary>
    private sealed class RebuildEntries(EmbeddedVectorIndex index, VectorCollection collection) : IVectorEntries
    {
        public int Count => collection.Store.Count;

        public Task UpsertAsync(IReadOnlyList<VectorEntry> entries, CancellationToken cancellationToken) =>
            index.UpsertAsync(entries, collection, cancellationToken);

        public IReadOnlyList<VectorEntry> Latest(string group, int count) => collection.Latest(group, count);

        public Task RemoveAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
            index.RemoveAsync(keys, collection, cancellationToken);

        public Task RemoveGroupAsync(string group, CancellationToken cancellationToken) =>
            index.RemoveGroupAsync(group, collection, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<VectorEntry>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
            collection.ScanAsync(batchSize, cancellationToken);
    }
}
