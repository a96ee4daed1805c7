using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>
/// The interaction graph, held in memory and written through to <c>graph.db</c>, which belongs to one process. A rebuild fills a second
/// in-memory state that also receives all writes, and then writes it to the file and serves it in one transaction.
/// </summary>
internal sealed class SqliteInteractionGraph : IInteractionGraph, IDisposable
{
    private readonly ProjectionDatabase _file;
    private readonly SqliteDatabase _database;

    /// <summary>The states that rebuilds are filling. Writer's thread only.</summary>
    private readonly List<GraphState> _builds = [];

    private volatile GraphState _state = new(new NumberedNames());

    public SqliteInteractionGraph(ProjectionFileContext context)
    {
        _file = new ProjectionDatabase(ProjectionNames.Graph, "graph.db", GraphSchema.Schema, context, Load, Replaced);
        _database = _file.Database;
        _database.RolledBack += () =>
        {
            _state.Forget();
            _builds.ForEach(build => build.Forget());
        };
    }

    /// <summary>The projection's file, for startup and health checks.</summary>
    public IProjectionFile File => _file;

    public Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken) =>
        UpsertAsync(edges, null, cancellationToken);

    public Task RemoveAsync(
        IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken) =>
        RemoveAsync(edges, null, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) => RemoveUserAsync(userId, null, cancellationToken);

    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<CampaignEdge>>(Edges(_state, users, maxPerUser));
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_state.Edges);
    }

    public IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        ScanAsync(_state, batchSize, cancellationToken);

    /// <summary>Compares memory with the file on the writer's thread, so that no write interferes; a repair keeps memory.</summary>
    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => _database.WriteAsync(
        session =>
        {
            long differences = GraphRow.Differences(session, _state);
            if (repair && differences > 0)
            {
                GraphRow.WriteAll(session, _state);
            }

            return differences;
        },
        SqliteWriter.Last,
        cancellationToken);

    public async Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        var build = new GraphState(new NumberedNames());
        await OnWriterAsync(() => _builds.Add(build), cancellationToken);
        try
        {
            await fill(new GraphBuild(this, build), cancellationToken);
            await _database.WriteAsync(
                session =>
                {
                    GraphRow.WriteAll(session, build);
                    return build.Campaigns.Count;
                },
                SqliteWriter.Last, // work after it in the same transaction would still be written from the old state
                cancellationToken,
                names =>
                {
                    build.Campaigns.Saved(names);
                    _builds.Remove(build);
                    _state = build;
                });
        }
        finally
        {
            await OnWriterAsync(() => _builds.Remove(build), CancellationToken.None);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Writes to one rebuild's state; null: to the served state and to every rebuild.</summary>
    internal Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, GraphState? build, CancellationToken cancellationToken) =>
        edges.Count == 0 ? Task.CompletedTask : ChangeAsync(
            edges.GroupBy(edge => edge.UserId),
            edges.Count,
            (current, written) =>
            {
                foreach (var edge in written)
                {
                    current[edge.CampaignId] = edge;
                }
            },
            build,
            cancellationToken);

    internal Task RemoveAsync(
        IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, GraphState? build, CancellationToken cancellationToken) =>
        edges.Count == 0 ? Task.CompletedTask : ChangeAsync(
            edges.GroupBy(edge => edge.UserId, edge => edge.CampaignId),
            edges.Count,
            (current, removed) =>
            {
                foreach (var campaign in removed)
                {
                    current.Remove(campaign);
                }
            },
            build,
            cancellationToken);

    internal async Task RemoveUserAsync(UserId userId, GraphState? build, CancellationToken cancellationToken)
    {
        await ChangeAsync([userId], 1, (UserId user) => user, (current, _) => current.Clear(), build, cancellationToken);
        _file.DeleteCopies();
        await _database.TruncateWalAsync(cancellationToken);
    }

    internal static List<CampaignEdge> Edges(GraphState state, IReadOnlyList<UserId> users, int maxPerUser)
    {
        var edges = new List<CampaignEdge>(users.Count * Math.Min(maxPerUser, 8));
        foreach (var user in users)
        {
            state.Read(user, maxPerUser, edges);
        }

        return edges;
    }

    internal static async IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(
        GraphState state, int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var batch = new List<CampaignEdge>(batchSize);
        foreach (var user in state.Users)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Read it again: the user may have changed since the enumeration began.
            state.Read(user, int.MaxValue, batch);
            if (batch.Count >= batchSize)
            {
                yield return batch;
                batch = new List<CampaignEdge>(batchSize);
                await Task.Yield();
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private void Load(SqliteDatabase database)
    {
        using var reader = database.Read();
        _state = GraphRow.Load(reader.Session);
    }

    /// <summary>Clears memory on the writer's thread, because the new file is empty; a rebuild fills both.</summary>
    private void Replaced()
    {
        _builds.Clear();
        _state = new GraphState(new NumberedNames());
    }

    private async Task OnWriterAsync(Action action, CancellationToken cancellationToken) => await _database.WriteAsync(
        _ => true, 1, cancellationToken, _ => action());

    private Task ChangeAsync<T>(
        IEnumerable<IGrouping<UserId, T>> byUser,
        int weight,
        Action<Dictionary<CampaignId, CampaignEdge>, IEnumerable<T>> change,
        GraphState? build,
        CancellationToken cancellationToken) =>
        ChangeAsync<IGrouping<UserId, T>>([.. byUser], weight, group => group.Key, change, build, cancellationToken);

    private async Task ChangeAsync<T>(
        IReadOnlyList<T> users,
        int weight,
        Func<T, UserId> userOf,
        Action<Dictionary<CampaignId, CampaignEdge>, T> change,
        GraphState? build,
        CancellationToken cancellationToken)
    {
        var changes = users
            .Select(user => (userOf(user), (Action<Dictionary<CampaignId, CampaignEdge>>)(edges => change(edges, user)))).ToList();
        await _database.WriteAsync(
            session =>
            {
                var done = new List<(GraphState State, GraphChange Change)>();
                if (build is null)
                {
                    var served = _state.Change(changes);
                    GraphRow.Write(session, served);
                    done.Add((_state, served with { SavedNames = _state.Campaigns.Save(session) }));
                }

                foreach (var other in build is null ? _builds : [build])
                {
                    done.Add((other, other.Change(changes)));
                }

                return done;
            },
            weight,
            cancellationToken,
            done => done.ForEach(one => one.State.Publish(one.Change)));
    }
}
