using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Stores.Sqlite.Engine;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>
/// The interaction graph, held in memory and written through to <c>graph.db</c>. A user's edges are one array that is
/// replaced and never changed, so that readers wait for nobody. The file belongs to one process.
/// </summary>
internal sealed class SqliteInteractionGraph : IInteractionGraph, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly NumberedNames _campaigns;
    private readonly ConcurrentDictionary<UserId, byte[]> _users = new();

    /// <summary>What calls of the open transaction have written and the next one of it has to see. For the writer's thread.</summary>
    private readonly Dictionary<UserId, byte[]?> _uncommitted = [];
    private long _edges;

    public SqliteInteractionGraph(IOptions<StorageOptions> options)
    {
        _database = new SqliteDatabase(options.Value.PathOf("graph.db"), GraphSchema.Schema, options.Value.Durability);
        _database.RolledBack += _uncommitted.Clear;
        using var reader = _database.Read();
        _campaigns = NumberedNames.Load(reader.Session);
        var row = reader.Session[GraphRow.SelectAll];
        while (row.Step())
        {
            Publish(new UserId(row.Text(0)), row.Bytes(1).ToArray());
        }
    }

    public Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken) =>
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
            cancellationToken);

    public Task RemoveAsync(
        IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken) =>
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
            cancellationToken);

    public async Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken)
    {
        await _database.WriteAsync(
            session => Save(session, new() { [userId] = null }), 1, cancellationToken, Publish);
        await _database.TruncateWalAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var edges = new List<CampaignEdge>(users.Count * Math.Min(maxPerUser, 8));
        foreach (var user in users)
        {
            if (_users.TryGetValue(user, out byte[]? bytes))
            {
                var reader = new AdjacencyReader(bytes);
                for (int left = maxPerUser; left > 0 && reader.Next(user, _campaigns) is { } edge; left--)
                {
                    edges.Add(edge);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<CampaignEdge>>(edges);
    }

    public Task<long> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Volatile.Read(ref _edges));
    }

    public async IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        var batch = new List<CampaignEdge>(batchSize);
        foreach (var (user, _) in _users)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Looked up again: the enumeration may have begun before the last write.
            batch.AddRange(await EdgesAsync([user], int.MaxValue, cancellationToken));
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

    public void Dispose() => _database.Dispose();

    private Task<GraphChange> ChangeAsync<T>(
        IEnumerable<IGrouping<UserId, T>> byUser,
        int weight,
        Action<Dictionary<CampaignId, CampaignEdge>, IEnumerable<T>> change,
        CancellationToken cancellationToken)
    {
        var groups = byUser.ToList();
        return _database.WriteAsync(
            session =>
            {
                var users = new Dictionary<UserId, byte[]?>(groups.Count);
                foreach (var group in groups)
                {
                    var edges = Current(group.Key);
                    change(edges, group);
                    users[group.Key] = Encode(edges);
                }

                return Save(session, users);
            },
            weight,
            cancellationToken,
            Publish);
    }

    private Dictionary<CampaignId, CampaignEdge> Current(UserId user)
    {
        var edges = new Dictionary<CampaignId, CampaignEdge>();
        if (!_uncommitted.TryGetValue(user, out byte[]? bytes))
        {
            _users.TryGetValue(user, out bytes);
        }

        var reader = new AdjacencyReader(bytes);
        while (reader.Next(user, _campaigns) is { } edge)
        {
            edges[edge.CampaignId] = edge;
        }

        return edges;
    }

    private byte[]? Encode(Dictionary<CampaignId, CampaignEdge> edges)
    {
        if (edges.Count == 0)
        {
            return null;
        }

        var writer = new AdjacencyWriter();
        foreach (var edge in edges.Values.OrderByDescending(edge => edge.LastAt).ThenBy(edge => edge.CampaignId))
        {
            writer.Add(edge, _campaigns.NumberOf(edge.CampaignId.Value));
        }

        return writer.ToArray();
    }

    private GraphChange Save(SqliteSession session, Dictionary<UserId, byte[]?> users)
    {
        foreach (var (user, edges) in users)
        {
            GraphRow.Write(session, user, edges);
            _uncommitted[user] = edges;
        }

        return new GraphChange(users, _campaigns.Save(session));
    }

    private void Publish(GraphChange change)
    {
        _campaigns.Saved(change.SavedNames);
        foreach (var (user, edges) in change.Users)
        {
            Publish(user, edges);
            if (_uncommitted.TryGetValue(user, out byte[]? last) && ReferenceEquals(last, edges))
            {
                _uncommitted.Remove(user);
            }
        }
    }

    private void Publish(UserId user, byte[]? edges)
    {
        long difference = AdjacencyReader.Count(edges);
        if (_users.TryGetValue(user, out byte[]? before))
        {
            difference -= AdjacencyReader.Count(before);
        }

        if (edges is null)
        {
            _users.TryRemove(user, out _);
        }
        else
        {
            _users[user] = edges;
        }

        Interlocked.Add(ref _edges, difference);
    }
}
