using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Milvus;
using Marketing.Tests.Stores.Sqlite;
using Milvus.Client;
using MongoDB.Bson;
using MongoDB.Driver;
using Neo4j.Driver;

namespace Marketing.Tests.Startup;

/// <summary>If a server rejects the product, or holds data of something else, the program ends immediately with an explanation.</summary>
public sealed class RefusedTests : IDisposable
{
    private const string Secret = "wr0ng-password";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_of_mongodb_is_refused()
    {
        var ferret = ServerKind.FerretDb with
        {
            Arguments = (port, _, data) => ["--port", $"{port}", "--data", data, "--user", "app", "--password", "right-password"],
        };
        await using var server = await StartAsync(ferret);
        var run = await ApiAsync("mongodb", $"mongodb://app:{Secret}@127.0.0.1:{server.Port}/marketing?authSource=admin");
        run.AssertSaid($"MongoDB at 127.0.0.1:{server.Port} rejected the user or password in ConnectionStrings:mongodb.", Secret);
    }

    [Fact]
    public async Task A_wrong_password_of_redis_is_refused()
    {
        var redis = ServerKind.Redis with
        {
            Arguments = (port, seen, data) => [.. ServerKind.Redis.Arguments(port, seen, data), "--requirepass", "right-password"],
        };
        await using var server = await StartAsync(redis);
        (await ApiAsync("redis", $"127.0.0.1:{server.Port},password={Secret}"))
            .AssertSaid($"Redis at 127.0.0.1:{server.Port} rejected the user or password in ConnectionStrings:redis.", Secret);
        (await ApiAsync("redis", $"127.0.0.1:{server.Port}"))
            .AssertSaid($"Redis at 127.0.0.1:{server.Port} rejected the user or password in ConnectionStrings:redis.");
    }

    [Fact]
    public async Task A_wrong_password_of_neo4j_is_refused_and_so_is_a_graph_of_a_newer_version()
    {
        var neo4j = ServerKind.Neo4j with
        {
            Arguments = (port, seen, data) => [.. ServerKind.Neo4j.Arguments(port, seen, data), "--password", "right-password"],
        };
        await using var server = await StartAsync(neo4j);
        (await ApiAsync("neo4j", $"bolt://neo4j:{Secret}@127.0.0.1:{server.Port}"))
            .AssertSaid($"Neo4j at bolt://127.0.0.1:{server.Port}/ rejected the user or password in ConnectionStrings:neo4j.", Secret);

        await using var driver = GraphDatabase.Driver($"bolt://127.0.0.1:{server.Port}", AuthTokens.Basic("neo4j", "right-password"));
        await driver.ExecutableQuery("CREATE (:MarketingSchema {store: 'graph', version: 1000})").ExecuteAsync(Cancel);
        (await ApiAsync("neo4j", $"bolt://neo4j:right-password@127.0.0.1:{server.Port}"))
            .AssertSaid("ConnectionStrings:neo4j has schema version 1000, but this program supports 1", "right-password");
    }

    [Fact]
    public async Task A_wrong_password_of_milvus_is_refused()
    {
        var milvus = ServerKind.Milvus with
        {
            Arguments = (port, seen, data) => [.. ServerKind.Milvus.Arguments(port, seen, data), "--auth"],
        };
        await using var server = await StartAsync(milvus);
        (await ApiAsync("milvus", $"Endpoint=http://127.0.0.1:{server.Port};Key=root:{Secret}"))
            .AssertSaid($"Milvus at http://127.0.0.1:{server.Port}/ rejected the user or password in ConnectionStrings:milvus.", Secret);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var server = await StartAsync(ServerKind.MongoJavaServer);
        var address = ServerKind.MongoJavaServer.ConnectionString(server.Port);
        using var client = new MongoClient(address);
        await client.GetDatabase("marketing").GetCollection<BsonDocument>("meta")
            .InsertOneAsync(new BsonDocument { ["_id"] = "schema", ["version"] = 1000 }, cancellationToken: Cancel);
        (await ApiAsync("mongodb", address)).AssertSaid("schema version 1000, but this program supports 1");
    }

    [Fact]
    public async Task A_table_of_a_newer_version_is_refused()
    {
        await using var server = await StartAsync(ServerKind.BigQuery);
        var address = ServerKind.BigQuery.ConnectionString(server.Port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/bigquery/v2/projects/test/") };
        await PostAsync(http, "datasets", """{"datasetReference":{"projectId":"test","datasetId":"marketing"}}""");
        await PostAsync(http, "datasets/marketing/tables",
            """{"tableReference":{"projectId":"test","datasetId":"marketing","tableId":"engagement_facts"},"labels":{"marketing_schema":"1000"},"schema":{"fields":[{"name":"event_id","type":"STRING"}]}}""");
        (await ApiAsync("bigquery", address)).AssertSaid("has schema version 1000, but this program supports 1");
    }

    /// <summary>A collection name cannot express every model name.</summary>
    [Fact]
    public async Task A_collection_of_another_model_or_of_a_newer_version_is_refused()
    {
        await using var server = await StartAsync(ServerKind.Milvus);
        var address = ServerKind.Milvus.ConnectionString(server.Port);
        using (var first = MilvusIndexHost.Build(address, new VectorSpace("model@1", 8)))
        {
            await first.StartAsync(Cancel);
            await first.StopAsync(Cancel);
        }

        using var second = MilvusIndexHost.Build(address, new VectorSpace("model-1", 8));
        var other = await Assert.ThrowsAsync<StoreStartupException>(() => second.StartAsync(Cancel));
        Assert.Contains("was built with the embedder model@1, but the current embedder is model-1", other.Message, StringComparison.Ordinal);

        using var client = new MilvusClient(new Uri($"http://127.0.0.1:{server.Port}"));
        await client.CreateCollectionAsync("messages_newer_8", Marketing.Stores.Milvus.MilvusFields.Schema(new VectorSpace("newer", 8), version: 1000), cancellationToken: Cancel);
        using var third = MilvusIndexHost.Build(address, new VectorSpace("newer", 8));
        var newer = await Assert.ThrowsAsync<StoreStartupException>(() => third.StartAsync(Cancel));
        Assert.Contains("has schema version 1000, but this program supports 1", newer.Message, StringComparison.Ordinal);

        await client.CreateCollectionAsync("messages_mine_8", Marketing.Stores.Milvus.MilvusFields.Schema(new VectorSpace("mine", 16)), cancellationToken: Cancel);
        using var fourth = MilvusIndexHost.Build(address, new VectorSpace("mine", 8));
        var longer = await Assert.ThrowsAsync<StoreStartupException>(() => fourth.StartAsync(Cancel));
        Assert.Contains("has 16 dimensions, but the embedder mine has 8", longer.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task PostAsync(HttpClient http, string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private async Task<StartedServer> StartAsync(ServerKind kind)
    {
        _ = ServerKind.Folder();
        var port = Toxiproxy.FreePort();
        return new StartedServer(await kind.StartAsync(port, port, Path.Combine(_folder.Path, "server")), port);
    }

    private Task<ProgramRun> ApiAsync(string name, string connectionString) => ProgramRun.RunAsync(
        "Marketing.Api",
        Path.Combine(_folder.Path, "data"),
        new Dictionary<string, string> { [$"ConnectionStrings__{name}"] = connectionString });

    private sealed record StartedServer(ServerProcess Process, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
