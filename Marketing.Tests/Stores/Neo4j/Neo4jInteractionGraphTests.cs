using Marketing.Domain;
using Marketing.Stores.Neo4j;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Neo4j.Driver;

namespace Marketing.Tests.Stores.Neo4j;

[Collection(Server.Neo4j)]
public sealed class Neo4jInteractionGraphTests : InteractionGraphContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_graph_step_seeks_each_user_in_an_index_and_scans_nothing()
    {
        await using var store = await Neo4jGraphStore.OpenAsync();
        await store.Graph.UpsertAsync(
            [.. Enumerable.Range(0, 100).Select(n => new CampaignEdge(new UserId($"u-{n}"), new CampaignId($"c-{n % 7}"), 0, 1, 0, 0, 0, Sample.Noon, []))], Cancel);
        var operators = new List<string>();
        await using var session = store.Database.Driver.AsyncSession();
        var cursor = await session.RunAsync(
            "EXPLAIN " + Neo4jInteractionGraph.EdgesQuery, new Dictionary<string, object> { ["users"] = new List<string> { "u-1", "u-2" }, ["max"] = 5 });
        Collect((await cursor.ConsumeAsync()).Plan, operators);
        Assert.Contains(operators, name => name.StartsWith("NodeUniqueIndexSeek", StringComparison.Ordinal));
        Assert.DoesNotContain(operators, name => name.Contains("Scan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_schema_is_made_once_and_found_again()
    {
        await using var store = await Neo4jGraphStore.OpenAsync();
        await store.ReopenAsync();
        var constraints = await store.Database.ReadAsync("SHOW CONSTRAINTS YIELD name RETURN name", [], Cancel);
        Assert.Equal(["campaign_id", "user_id"], constraints.Select(record => record["name"].As<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Concurrent_writers_of_the_same_edges_leave_each_edge_once()
    {
        await using var store = await Neo4jGraphStore.OpenAsync();
        var edges = Enumerable.Range(0, 60)
            .Select(n => new CampaignEdge(new UserId($"u-{n % 6}"), new CampaignId($"c-{n / 6}"), 0, 1, 0, 0, 0, Sample.Noon, [])).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer =>
        {
            var shuffled = edges.ToArray();
            new Random(writer).Shuffle(shuffled);
            return store.Graph.UpsertAsync(shuffled, Cancel);
        }));
        Assert.Equal(60, await store.Graph.CountAsync(Cancel));
    }

    protected override async Task<IGraphStore> OpenAsync() => await Neo4jGraphStore.OpenAsync();

    private static void Collect(IPlan plan, List<string> operators)
    {
        operators.Add(plan.OperatorType);
        foreach (var child in plan.Children)
        {
            Collect(child, operators);
        }
    }
}
