using System.Runtime.CompilerServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>The graph <c>(:User {id})-[:INTERACTED]->(:Campaign {id})</c>; an edge holds its whole state.</summary>
internal sealed class Neo4jInteractionGraph(Neo4jDatabase database) : IInteractionGraph
{
    /// <summary>The graph query of a recommendation: an index seek per user and at most <c>$max</c> edges of each.</summary>
    internal const string EdgesQuery =
        """
        UNWIND $users AS id
        MATCH (u:User {id: id})
        CALL (u) {
          MATCH (u)-[r:INTERACTED]->(c:Campaign)
          RETURN r, c ORDER BY r.lastAt DESC, c.id LIMIT $max
        }
        RETURN
        """ + " " + EdgeRecord.Columns;

    /// <summary>Replaces the whole state of each edge, because the state computed from the log is always right.</summary>
    private const string UpsertQuery =
        """
        UNWIND $edges AS edge
        MERGE (u:User {id: edge.user})
        MERGE (c:Campaign {id: edge.campaign})
        MERGE (u)-[r:INTERACTED]->(c)
        SET r = edge.state
        """;

    /// <summary>The number of edges per transaction, which bounds its memory on the server.</summary>
    private const int BatchSize = 2_000;

    public async Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken)
    {
        // All writers use one order, so that they lock the same nodes in the same order.
        var ordered = edges.OrderBy(edge => edge.UserId).ThenBy(edge => edge.CampaignId);
        foreach (var batch in ordered.Chunk(BatchSize))
        {
            await database.WriteAsync(UpsertQuery, new() { ["edges"] = batch.Select(EdgeRecord.ToMap).ToList() }, cancellationToken);
        }
    }

    public async ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return [];
        }

        var records = await database.ReadAsync(
            EdgesQuery, new() { ["users"] = users.Select(user => user.Value).ToList(), ["max"] = maxPerUser }, cancellationToken);
        return [.. records.Select(EdgeRecord.ToEdge)];
    }

    public Task RemoveAsync(IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "UNWIND $edges AS edge MATCH (:User {id: edge.user})-[r:INTERACTED]->(:Campaign {id: edge.campaign}) DELETE r",
            new()
            {
                ["edges"] = edges.Select(edge => new Dictionary<string, object?>
                {
                    ["user"] = edge.UserId.Value,
                    ["campaign"] = edge.CampaignId.Value,
                }).ToList(),
            },
            cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        database.WriteAsync("MATCH (u:User {id: $user}) DETACH DELETE u", new() { ["user"] = userId.Value }, cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync("MATCH ()-[r:INTERACTED]->() RETURN count(r) AS n", [], cancellationToken))[0]["n"].As<long>();

    public async IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(
        int batchSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = "";
        while (after is not null)
        {
            // Page by user in index order, so that the edges of one user stay together.
            var records = await database.ReadAsync(
                "MATCH (u:User) WHERE u.id > $after WITH u ORDER BY u.id LIMIT $size "
                + "OPTIONAL MATCH (u)-[r:INTERACTED]->(c:Campaign) RETURN " + EdgeRecord.Columns + " ORDER BY user",
                new() { ["after"] = after, ["size"] = batchSize },
                cancellationToken);
            after = records.Count > 0 ? records[^1]["user"].As<string>() : null;
            var edges = records.Where(record => record["campaign"] is not null).Select(EdgeRecord.ToEdge).ToList();
            if (edges.Count > 0)
            {
                yield return edges;
            }
        }
    }

    /// <summary>
    /// Finds what no writer here creates and no upsert repairs: duplicate edges between a user and a campaign, and nodes without an id. A
    /// repair is one transaction, so that a reader never misses the remaining edge.
    /// </summary>
    public async Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken)
    {
        var twice = await CountOrRepairAsync(
            "MATCH (u:User)-[r:INTERACTED]->(c:Campaign) WITH u, c, collect(r) AS edges WHERE size(edges) > 1 ",
            "UNWIND tail(edges) AS extra DELETE extra RETURN count(*) AS n",
            "RETURN coalesce(sum(size(edges) - 1), 0) AS n",
            repair,
            cancellationToken);
        var nameless = await CountOrRepairAsync(
            "MATCH (x) WHERE (x:User OR x:Campaign) AND (x.id IS NULL OR x.id = '') ",
            "DETACH DELETE x RETURN count(*) AS n",
            "RETURN count(x) AS n",
            repair,
            cancellationToken);
        return twice + nameless;
    }

    /// <summary>Rebuilds in place: each write replaces an edge's whole state, and the caller removes what the log does not have.</summary>
    public async Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken)
    {
        await VerifyAsync(repair: true, cancellationToken);
        await fill(this, cancellationToken);
    }

    private async Task<long> CountOrRepairAsync(string match, string mend, string count, bool repair, CancellationToken cancellationToken)
    {
        var records = repair
            ? await database.WriteAsync(match + mend, [], cancellationToken)
            : await database.ReadAsync(match + count, [], cancellationToken);
        return records.Count == 0 ? 0 : records[0]["n"].As<long>();
    }
}
