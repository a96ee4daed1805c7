using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>
/// All edges in memory. A user's edges are one array that is replaced and never modified, so readers never wait. Only the writer's
/// thread changes it.
/// </summary>
internal sealed class GraphState(NumberedNames campaigns)
{
    /// <summary>Edges written in the open transaction, for its later calls to read. Writer's thread only.</summary>
    private readonly Dictionary<UserId, byte[]?> _uncommitted = [];
    private readonly ConcurrentDictionary<UserId, byte[]> _users = new();
    private long _edges;

    public long Edges => Volatile.Read(ref _edges);

    public IEnumerable<UserId> Users => _users.Select(entry => entry.Key);

    public NumberedNames Campaigns => campaigns;

    /// <summary>Reads up to <paramref name="max"/> of a user's edges, newest first.</summary>
    public void Read(UserId user, int max, List<CampaignEdge> edges)
    {
        if (_users.TryGetValue(user, out byte[]? bytes))
        {
            var reader = new AdjacencyReader(bytes);
            for (int left = max; left > 0 && reader.Next(user, campaigns) is { } edge; left--)
            {
                edges.Add(edge);
            }
        }
    }

    /// <summary>Applies changes to users' edges, for <see cref="Publish(GraphChange)"/> after the commit.</summary>
    public GraphChange Change(IReadOnlyList<(UserId User, Action<Dictionary<CampaignId, CampaignEdge>> Apply)> changes)
    {
        var users = new Dictionary<UserId, byte[]?>(changes.Count);
        foreach (var (user, apply) in changes)
        {
            var edges = Current(user);
            apply(edges);
            users[user] = _uncommitted[user] = Encode(edges);
        }

        return new GraphChange(users, campaigns.Count);
    }

    public void Publish(GraphChange change)
    {
        campaigns.Saved(change.SavedNames);
        foreach (var (user, edges) in change.Users)
        {
            Publish(user, edges);
            if (_uncommitted.TryGetValue(user, out byte[]? last) && ReferenceEquals(last, edges))
            {
                _uncommitted.Remove(user);
            }
        }
    }

    public void Publish(UserId user, byte[]? edges)
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

    /// <summary>Drops the changes of a transaction that was rolled back.</summary>
    public void Forget() => _uncommitted.Clear();

    /// <summary>Every user's edges, including the open transaction's changes. Writer's thread only.</summary>
    public Dictionary<UserId, byte[]> All()
    {
        var all = new Dictionary<UserId, byte[]>(_users);
        foreach (var (user, edges) in _uncommitted)
        {
            if (edges is null)
            {
                all.Remove(user);
            }
            else
            {
                all[user] = edges;
            }
        }

        return all;
    }

    private Dictionary<CampaignId, CampaignEdge> Current(UserId user)
    {
        var edges = new Dictionary<CampaignId, CampaignEdge>();
        if (!_uncommitted.TryGetValue(user, out byte[]? bytes))
        {
            _users.TryGetValue(user, out bytes);
        }

        var reader = new AdjacencyReader(bytes);
        while (reader.Next(user, campaigns) is { } edge)
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
            writer.Add(edge, campaigns.NumberOf(edge.CampaignId.Value));
        }

        return writer.ToArray();
    }
}
