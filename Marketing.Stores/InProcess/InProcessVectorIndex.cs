using System.Diagnostics;
using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Stores.InProcess;

/// <summary>
/// The vector index inside the process: rotated 8-bit codes compared exactly while there are few, and through cells and
/// bit codes when there are many, in memory and in one SQLite file. Searches wait for nobody.
/// </summary>
internal sealed class InProcessVectorIndex : IVectorIndex, IAsyncDisposable, IDisposable
{
    /// <summary>The index's file in the data directory.</summary>
    public const string FileName = "vectors.db";

    private const int MaxCount = 1_000;

    /// <summary>Up to this many messages of a campaign are compared one by one, which is exact; more are searched by cell.</summary>
    private const int FewOfCampaign = 8_192;

    /// <summary>Matches compared more closely than are wanted: eight bits may have put as many in the wrong order.</summary>
    private const int Spare = 6;

    /// <summary>
    /// The best matches that decide which cells are worth a visit, as the margin was measured for. Who wants more gets the best of
    /// those cells: to have all of the hundredth's neighbours would be to visit half of the cells.
    /// </summary>
    private const int Leading = 17;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly string _path;
    private readonly VectorIndexOptions _options;
    private readonly MessageCodec _codec;
    private readonly VectorFile _file;
    private readonly ILogger _logger;

    /// <summary>Indexes that rebuilds are filling. For whoever may write.</summary>
    private readonly List<IndexState> _builds = [];

    private volatile IndexState _state;
    private int _disposed;

    /// <param name="directory">Where the file is or will be.</param>
    /// <param name="space">What its vectors are.</param>
    /// <param name="options">How it keeps and searches them.</param>
    /// <param name="logger">Told when cells are made.</param>
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
            _state = new IndexState(_codec, _file.Rows, options, _writer, logger);
            _state.Restore();
        }
        catch
        {
            // Closed now: a connection that outlived the file would remove the write-ahead log of the next one.
            _file.Dispose();
            throw;
        }

        Log.Opened(logger, _state.Store.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Removes the files of an index that is not open.</summary>
    internal static void Delete(string directory)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(Path.Combine(directory, FileName + suffix));
        }
    }

    /// <summary>Ends when no cells are being made; for tests and measurements.</summary>
    internal Task Training => _state.Cells.Training;

    public int NewestPerUser => _options.MessagesPerUser;

    public Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken) =>
        UpsertAsync(messages, null, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => RemoveAsync(ids, null, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) => RemoveUserAsync(userId, null, cancellationToken);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_state.Latest(userId, count));
    }

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Count, MaxCount);
        return ValueTask.FromResult<IReadOnlyList<VectorMatch>>(Search(query));
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(_state.Store.Count);

    public Task<IReadOnlyList<MessageVector>> ReadUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_state.Latest(userId, int.MaxValue));
    }

    public IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        ScanAsync(_state, batchSize, cancellationToken);

    /// <summary>Compares the file with memory, and both with the digests.</summary>
    public async Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        IndexAudit? audit = null;
        IndexState? audited = null;
        for (bool more = true; more;)
        {
            await OnWriterAsync(
                () =>
                {
                    // A rebuild that ends meanwhile leaves nothing of what was looked at.
                    audit = audited == _state ? audit : new IndexAudit(audited = _state);
                    more = audit!.Next(repair);
                },
                cancellationToken);
        }

        return audit!.Differences;
    }

    public async Task RebuildAsync(Func<IVectorIndex, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        IndexState build = null!;
        await OnWriterAsync(
            () => _builds.Add(build = new IndexState(_codec, _file.BeginBuild(), _options, _writer, _logger)), cancellationToken);
        bool swapped = false;
        IndexState before = _state;
        try
        {
            await fill(new VectorIndexBuild(this, build), cancellationToken);

            // Searches would be slow without cells.
            await build.Cells.Training.WaitAsync(cancellationToken);
            await OnWriterAsync(
                () =>
                {
                    before = _state;
                    _builds.Remove(build);
                    _file.Swap(build.Rows);
                    _state = build;
                    swapped = true;
                },
                cancellationToken);
        }
        finally
        {
            if (!swapped)
            {
                await OnWriterAsync(
                    () =>
                    {
                        _builds.Remove(build);
                        build.Rows.Drop();
                    },
                    CancellationToken.None);
            }

            await (swapped ? before : build).Cells.DisposeAsync();
        }
    }

    internal async Task UpsertAsync(IReadOnlyList<MessageVector> messages, IndexState? build, CancellationToken cancellationToken)
    {
        EncodedMessage[] encoded = [.. messages.Select(_codec.Encode)];
        await WriteAsync(state => Retention.Plan(state.Store, encoded, _options.MessagesPerUser), build, cancellationToken);
    }

    internal Task RemoveAsync(IReadOnlyList<EventId> ids, IndexState? build, CancellationToken cancellationToken) => WriteAsync(
        state =>
        {
            var slots = new HashSet<int>();
            foreach (EventId id in ids)
            {
                if (state.Store.TryFind(id, out int slot))
                {
                    slots.Add(slot);
                }
            }

            return new Retention([.. slots], []);
        },
        build,
        cancellationToken);

    internal Task RemoveUserAsync(UserId userId, IndexState? build, CancellationToken cancellationToken) => WriteAsync(
        state => new Retention([.. state.Store.OfUser(userId).Select(entry => entry.Slot)], []), build, cancellationToken, forGood: true);

    internal async IAsyncEnumerable<IReadOnlyList<MessageVector>> ScanAsync(
        IndexState state, int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var batch = new List<MessageVector>(batchSize);
        for (int slot = 0; slot < state.Store.End; slot++)
        {
            if (state.Store.TryGet(slot) is { } message)
            {
                batch.Add(_codec.Decode(message));
            }

            if (batch.Count == batchSize || (slot == state.Store.End - 1 && batch.Count > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
                await Task.Yield();
                batch = new List<MessageVector>(batchSize);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _state.Cells.DisposeAsync();
        _file.Dispose();
        _writer.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private List<VectorMatch> Search(VectorQuery query)
    {
        IndexState state = _state;
        EntryStore store = state.Store;
        var filter = new SearchFilter(query.ExcludeUser is { } user ? store.FindUser(user) : IdTable.None, IdTable.None);
        CellSet? cells = state.Cells.Cells;
        if (query.CampaignId is { } campaign)
        {
            (int number, int messages) = store.FindCampaign(campaign);
            if (number == IdTable.None)
            {
                return [];
            }

            filter = filter with { Campaign = number };
            cells = messages <= FewOfCampaign ? null : cells;
        }

        SearchBuffers buffers = SearchBuffers.Current;
        Span<float> rotated = buffers.Rotated(_codec.Dimensions);
        _codec.Rotate(query.Vector, rotated);
        Span<short> wide = buffers.Wide(_codec.Dimensions);
        var table = new BitTable(rotated, buffers.Table(BitTable.SizeFor(rotated.Length)));
        var prepared = new PreparedQuery(wide, ScalarCode.EncodeWide(rotated, wide), table, filter);
        int room = query.Count + Spare + (query.Count / 10);
        Span<float> leading = stackalloc float[Math.Min(room, Leading)];
        var matches = new TopMatches(buffers.Matches(room), leading);
        if (cells is null)
        {
            ExactSearch.Run(store, prepared, ref matches);
        }
        else
        {
            CellSearch.Run(store, cells, prepared, buffers, ref matches);
        }

        prepared.Refine(store, ref matches);
        return Identify(store, matches.Sorted(), query.Count);
    }

    /// <summary>Names what was found; leaves out what was removed meanwhile, and what was seen twice because it moved.</summary>
    private static List<VectorMatch> Identify(EntryStore store, ReadOnlySpan<TopMatches.Match> found, int count)
    {
        var matches = new List<VectorMatch>(Math.Min(found.Length, count));
        int before = -1;
        foreach (TopMatches.Match match in found)
        {
            if (matches.Count < count && match.Slot != before && store.TryIdentify(match.Slot, match.Version, out string? eventId, out string? userId))
            {
                matches.Add(new VectorMatch(new EventId(eventId), new UserId(userId), Math.Clamp(match.Similarity, -1, 1)));
            }

            before = match.Slot;
        }

        return matches;
    }

    /// <summary>Changes the index of one rebuild; or, when it is null, what is served and every rebuild.</summary>
    private Task WriteAsync(
        Func<IndexState, Retention> plan, IndexState? build, CancellationToken cancellationToken, bool forGood = false) => OnWriterAsync(
        () =>
        {
            if (build is null)
            {
                _state.Commit(plan(_state));
            }

            foreach (IndexState other in build is null ? _builds : [build])
            {
                other.Commit(plan(other));
            }

            if (forGood)
            {
                SetAside.DeleteCopies(_path);
                _file.Truncate();
            }
        },
        cancellationToken);

    private async Task OnWriterAsync(Action action, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            action();
        }
        finally
        {
            _writer.Release();
        }
    }
}
