using System.Diagnostics;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The in-process vector index, in memory and in one SQLite file: exact search over rotated 8-bit codes while it is small, inverted
/// lists with RaBitQ codes when it is large. Searches take no lock except to look up an id.
/// </summary>
internal sealed class InProcessVectorIndex : IVectorIndex, IAsyncDisposable, IDisposable
{
    /// <summary>The file of the index in the data directory.</summary>
    public const string FileName = "vectors.db";

    private const int MaxResults = 1_000;

    private readonly SemaphoreSlim _writeLock = new(1, 1);
    private readonly string _path;
    private readonly VectorIndexOptions _options;
    private readonly MessageCodec _codec;
    private readonly VectorFile _file;
    private readonly ILogger _logger;

    /// <summary>The collections that rebuilds are filling; guarded by the write lock.</summary>
    private readonly List<VectorCollection> _rebuilds = [];

    private volatile VectorCollection _served;
    private int _disposed;

    /// <param name="directory">The folder of the file.</param>
    /// <param name="space">The model and dimension of the vectors.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logger">The logger.</param>
    /// <exception cref="VectorSpaceMismatchException">The file was made in another space.</exception>
    public InProcessVectorIndex(
        string directory, VectorSpace space, VectorIndexOptions options, ILogger<InProcessVectorIndex> logger)
    {
        long started = Stopwatch.GetTimestamp();
        PrivateFiles.CreateFolder(directory);
        _path = Path.GetFullPath(Path.Combine(directory, FileName));
        PrivateFiles.Ensure(_path);
        _options = options;
        _codec = new MessageCodec(space);
        _logger = logger;
        _file = new VectorFile(_path, space);
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

    /// <summary>Removes the files of an index that is not open.</summary>
    internal static void Delete(string directory)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(Path.Combine(directory, FileName + suffix));
        }
    }

    /// <summary>Completes when no training is running; for tests and benchmarks.</summary>
    internal Task Training => _served.Ivf.Training;

    public int NewestPerUser => _options.MessagesPerUser;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken) =>
        UpsertAsync(messages, null, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => RemoveAsync(ids, null, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) => RemoveUserAsync(userId, null, cancellationToken);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_served.Latest(userId, count));
    }

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Count, MaxResults);
        return ValueTask.FromResult<IReadOnlyList<VectorMatch>>(VectorSearch.Run(_served, _codec, query));
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(_served.Store.Count);

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_served.Latest(userId, int.MaxValue));
    }

    public IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        _served.ScanAsync(batchSize, cancellationToken);

    /// <summary>Compares the file with memory, and both with the digests.</summary>
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

    public async Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        VectorCollection rebuild = null!;
        await UnderWriteLockAsync(
            () => _rebuilds.Add(rebuild = new VectorCollection(_codec, _file.BeginRebuild(), _options, _writeLock, _logger)), cancellationToken);
        bool swapped = false;
        VectorCollection replaced = _served;
        try
        {
            await fill(new RebuildTarget(this, rebuild), cancellationToken);

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

    internal async Task UpsertAsync(IReadOnlyList<MessageVector> messages, VectorCollection? rebuild, CancellationToken cancellationToken)
    {
        EncodedMessage[] encoded = [.. messages.Select(_codec.Encode)];
        await WriteAsync(collection => WriteBatch.ForUpsert(collection.Store, encoded, _options.MessagesPerUser), rebuild, cancellationToken);
    }

    internal Task RemoveAsync(IReadOnlyList<EventId> ids, VectorCollection? rebuild, CancellationToken cancellationToken) =>
        WriteAsync(collection => WriteBatch.ForRemoval(collection.Store, ids), rebuild, cancellationToken);

    internal Task RemoveUserAsync(UserId userId, VectorCollection? rebuild, CancellationToken cancellationToken) =>
        WriteAsync(collection => WriteBatch.ForRemoval(collection.Store, userId), rebuild, cancellationToken, erase: true);

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

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

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
                SetAside.DeleteCopies(_path);
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
}
