using Marketing.Domain.Ports;
using Marketing.Stores.Neo4j;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Neo4j;

/// <summary>
/// The database of <c>ConnectionStrings__neo4j</c>, emptied first. Neo4j Community has a single database, so use a test server, with one
/// test at a time.
/// </summary>
internal sealed class Neo4jGraphStore : IGraphStore
{
    private readonly string _connectionString;
    private IHost _host = null!;

    private Neo4jGraphStore(string connectionString) => _connectionString = connectionString;

    public IInteractionGraph Graph => _host.Services.GetRequiredService<IInteractionGraph>();

    public Neo4jDatabase Database => _host.Services.GetRequiredService<Neo4jDatabase>();

    public static async Task<Neo4jGraphStore> OpenAsync()
    {
        var store = new Neo4jGraphStore(await Server.RequiredAsync("neo4j"));
        await store.StartAsync();
        await store.Database.WriteAsync("MATCH (n) DETACH DELETE n", [], TestContext.Current.CancellationToken);
        return store;
    }

    public async Task ReopenAsync()
    {
        await DisposeAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    internal static IHost Build(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:neo4j", connectionString)]);
        builder.AddNeo4jGraph();
        return builder.Build();
    }

    private Task StartAsync()
    {
        _host = Build(_connectionString);
        return _host.StartAsync();
    }
}
