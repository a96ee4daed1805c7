using System.Diagnostics;
using System.Runtime.CompilerServices;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Microsoft.Extensions.Logging;
using EventId = Marketing.Recommender.Model.EventId;

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
    private readonly VectorIndexOptions _options;
    private readonly MessageCodec _codec;
    private readonly EntryStore _store;
    private readonly VectorFile _file;
    private readonly CellKeeper _cells;
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
        Directory.CreateDirectory(directory);
        _options = options;
        _codec = new MessageCodec(space);
        _store = new EntryStore(_codec.Dimensions);
        _file = new VectorFile(Path.Combine(directory, FileName), space);
        _cells = new CellKeeper(_store, _file, options, _writer, logger);
        StoredCells? stored = _cells.BeginRestore();
        foreach (StoredEntry entry in _file.Read())
        {
            _store.Restore(entry.Slot, entry.Message);
            _cells.Restore(entry, stored);
        }

        _store.CompleteRestore();
        Log.Opened(logger, _store.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
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
    internal Task Training => _cells.Training;

    public int NewestPerUser => _options.MessagesPerUser;

    public async Task UpsertAsync(IReadOnlyList<MessageVector> messages, CancellationToken cancellationToken)
    {
        EncodedMessage[] encoded = [.. messages.Select(_codec.Encode)];
        await WriteAsync(() => Retention.Plan(_store, encoded, _options.MessagesPerUser), cancellationToken);
    }

    public Task RemoveAsync(IReadOnlyList<EventId> ids, CancellationToken cancellationToken) => WriteAsync(
        () =>
        {
            var slots = new HashSet<int>();
            foreach (EventId id in ids)
            {
                if (_store.TryFind(id, out int slot))
                {
                    slots.Add(slot);
                }
            }

            return new Retention([.. slots], []);
        },
        cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) => WriteAsync(
        () => new Retention([.. _store.OfUser(userId).Select(entry => entry.Slot)], []), cancellationToken, forGood: true);

    public ValueTask<IReadOnlyList<MessageVector>> LatestAsync(UserId userId, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<MessageVector> latest =
        [
            .. _store.OfUser(userId)
                .Select(entry => entry.Message)
                .OrderByDescending(message => message.OccurredAt)
                .ThenByDescending(message => message.Id)
                .Take(count)
                .Select(_codec.Decode),
        ];
        return ValueTask.FromResult(latest);
    }

    public ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Count, MaxCount);
        return ValueTask.FromResult<IReadOnlyList<VectorMatch>>(Search(query));
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(_store.Count);

    public async IAsyncEnumerable<IReadOnlyList<(EventId Id, UserId UserId)>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var batch = new List<(EventId, UserId)>(batchSize);
        for (int slot = 0; slot < _store.End; slot++)
        {
            int version = _store.Version(slot);
            if (EntryStore.IsLive(version) && _store.TryIdentify(slot, version, out string? eventId, out string? userId))
            {
                batch.Add((new EventId(eventId), new UserId(userId)));
            }

            if (batch.Count == batchSize || (slot == _store.End - 1 && batch.Count > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return batch;
                await Task.Yield();
                batch = new List<(EventId, UserId)>(batchSize);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _cells.DisposeAsync();
        _file.Dispose();
        _writer.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private List<VectorMatch> Search(VectorQuery query)
    {
        var filter = new SearchFilter(query.ExcludeUser is { } user ? _store.FindUser(user) : IdTable.None, IdTable.None);
        CellSet? cells = _cells.Cells;
        if (query.CampaignId is { } campaign)
        {
            (int number, int messages) = _store.FindCampaign(campaign);
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
            ExactSearch.Run(_store, prepared, ref matches);
        }
        else
        {
            CellSearch.Run(_store, cells, prepared, buffers, ref matches);
        }

        prepared.Refine(_store, ref matches);
        return Identify(matches.Sorted(), query.Count);
    }

    /// <summary>Names what was found; leaves out what was removed meanwhile, and what was seen twice because it moved.</summary>
    private List<VectorMatch> Identify(ReadOnlySpan<TopMatches.Match> found, int count)
    {
        var matches = new List<VectorMatch>(Math.Min(found.Length, count));
        int before = -1;
        foreach (TopMatches.Match match in found)
        {
            if (matches.Count < count && match.Slot != before && _store.TryIdentify(match.Slot, match.Version, out string? eventId, out string? userId))
            {
                matches.Add(new VectorMatch(new EventId(eventId), new UserId(userId), Math.Clamp(match.Similarity, -1, 1)));
            }

            before = match.Slot;
        }

        return matches;
    }

    private async Task WriteAsync(Func<Retention> plan, CancellationToken cancellationToken, bool forGood = false)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            Retention change = plan();
            if (change.Added.Count + change.Removed.Count > 0)
            {
                Commit(change);
                _cells.TrainWhenDue();
            }

            if (forGood)
            {
                _file.Truncate();
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>First the file, then what is searched: an error leaves both as they were.</summary>
    private void Commit(Retention change)
    {
        StoredEntry[] added =
        [
            .. change.Added.Select(message =>
                new StoredEntry(_store.Reserve(message.Id), message, _cells.Generation, _cells.CellFor(message))),
        ];
        try
        {
            _file.Write(change.Removed, added);
        }
        catch
        {
            foreach (StoredEntry entry in added)
            {
                _store.Release(entry.Slot);
            }

            throw;
        }

        foreach (int slot in change.Removed)
        {
            _cells.Remove(slot);
            _store.Remove(slot);
        }

        foreach (StoredEntry entry in added)
        {
            _store.Put(entry.Slot, entry.Message);
            _cells.Append(entry);
        }
    }
}
