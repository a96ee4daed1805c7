using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Faults;

/// <summary>
/// The product deployed on real servers: a built API, plus two built workers if workers project, each connected to every server
/// through a disturbable proxy. Stores without a server are embedded.
/// </summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private const string Budget = "00:00:00.500";

    private readonly TemporaryFolder _folder = new();
    private readonly List<FaultServer> _servers = [];
    private readonly List<ProductProcess> _workers = [];
    private Toxiproxy? _lines;
    private ProductProcess? _api;

    public ProductProcess Api => _api!;

    /// <summary>The workers; none if the API projects.</summary>
    public IReadOnlyList<ProductProcess> Workers => _workers;

    /// <summary>Kafka's address for callers, if there is one.</summary>
    public string? Kafka => _servers.Find(server => server.Kind == ServerKind.Kafka)?.Disturbed;

    /// <summary>Whether a projection is in the API's own files, so that it can be inspected only while the API is stopped.</summary>
    private bool ApiProjects => !HasWorkers;

    private bool HasWorkers => Marketing.Stores.ProjectionHost.Shared.All(name => _servers.Exists(server => server.Kind.Connection == name));

    public static async Task<FaultWorld> StartAsync(params ServerKind[] kinds)
    {
        var world = new FaultWorld();
        try
        {
            world._lines = await Toxiproxy.StartAsync(Path.Combine(ServerKind.Folder(), "..", "tools", "toxiproxy"));
            world._servers.AddRange(await Task.WhenAll(kinds.Select(
                kind => FaultServer.StartAsync(kind, world._lines, Path.Combine(world._folder.Path, kind.Connection)))));
            await world.StartProductAsync();
            await world.AddCampaignsAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public FaultServer Server(ServerKind kind) => _servers.Single(server => server.Kind == kind);

    /// <summary>Starts another API on the same servers.</summary>
    public Task<ProductProcess> StartAnotherApiAsync() => ProductProcess.StartAsync("Marketing.Api", Settings(server => server.Disturbed));

    /// <summary>Opens the stores for inspection; if the API projects, it must be stopped.</summary>
    public Observer Observe() => new(Settings(server => server.Direct)
        .Select(setting => new KeyValuePair<string, string?>(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)));

    /// <summary>Asserts that the projections equal a clean rebuild.</summary>
    public async Task AssertEqualsCleanRebuildAsync()
    {
        if (ApiProjects)
        {
            await _api!.StopAsync();
        }

        var difference = "";
        await using (var observer = Observe())
        {
            // Some servers show a deletion with a delay.
            for (var attempt = 0; attempt < 20 && (difference = await observer.DifferenceToCleanRebuildAsync()).Length > 0; attempt++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }

        if (ApiProjects)
        {
            await StartProductAsync();
        }

        Assert.True(difference.Length == 0, difference);
    }

    /// <summary>Returns the product's own consistency report.</summary>
    public async Task<JsonElement> ConsistencyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Api.Address };
        return await http.GetFromJsonAsync<JsonElement>("/admin/consistency", cancellationToken);
    }

    /// <summary>Returns the latest output of each process.</summary>
    public string Said() => string.Join("\n--\n", _workers.Append(Api).Select(process => process.Said));

    public bool AnyProcessEnded() => _workers.Append(Api).Any(process => process.HasExited);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _workers)
        {
            await process.DisposeAsync();
        }

        await (_api?.DisposeAsync() ?? default);
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await (_lines?.DisposeAsync() ?? default);
        _folder.Dispose();
    }

    private async Task StartProductAsync()
    {
        var settings = Settings(server => server.Disturbed);
        _api = await ProductProcess.StartAsync("Marketing.Api", settings);
        for (var i = 0; HasWorkers && i < 2; i++)
        {
            _workers.Add(await ProductProcess.StartAsync("Marketing.Ingest", settings));
        }
    }

    private Dictionary<string, string> Settings(Func<FaultServer, string> connectionString)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__DataDirectory"] = Path.Combine(_folder.Path, "data"),
            ["SampleData__LoadOnFirstRun"] = "false",
            ["Jobs__Enabled"] = "false",

            // Six servers, the product and its callers share one machine, so the default time budgets are too tight.
            ["Recommender__Pipeline__VectorBudget"] = Budget,
            ["Recommender__Pipeline__GraphBudget"] = Budget,
            ["Recommender__Pipeline__CatalogBudget"] = Budget,

            // Read the counts often, so that their store is under load too.
            ["BigQuery__CacheDuration"] = "00:00:00.5",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
        foreach (var server in _servers)
        {
            settings[$"ConnectionStrings__{server.Kind.Connection}"] = connectionString(server);
        }

        return settings;
    }

    /// <summary>Adds campaigns, one with an audience, so that user attributes affect every answer.</summary>
    private async Task AddCampaignsAsync()
    {
        using var http = new HttpClient { BaseAddress = Api.Address };
        for (var i = 0; i < 12; i++)
        {
            object campaign = i == 0
                ? new { name = "For some", text = "a card", audience = new Dictionary<string, string[]> { ["segment"] = ["young"] } }
                : new { name = $"Campaign {i}", text = "a card" };
            using var response = await http.PutAsJsonAsync($"/campaigns/c-{i}", campaign);
            response.EnsureSuccessStatusCode();
        }
    }
}
