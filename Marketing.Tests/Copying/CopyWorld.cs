using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Copying;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;

namespace Marketing.Tests.Copying;

/// <summary>An embedded log in a folder and a database of its own on the server of <c>ConnectionStrings__mongodb</c>.</summary>
internal sealed class CopyWorld : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MongoUrl _url;

    private CopyWorld(string server) => _url = new MongoUrlBuilder(server) { DatabaseName = $"test_{Guid.NewGuid():N}" }.ToMongoUrl();

    public string Connection => _url.ToString();

    public string Data => Folder("data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Finds the server, or skips the test.</summary>
    public static async Task<CopyWorld> CreateAsync() => new(await Server.RequiredAsync("mongodb"));

    public string Folder(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Opens a log as a program would.</summary>
    /// <param name="data">The folder of an embedded log; null opens the database.</param>
    public async Task<IHost> OpenAsync(string? data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Settings(data));
        if (data is not null)
        {
            builder.Configuration["ConnectionStrings:mongodb"] = null;
        }

        builder.AddMarketingLog().AddAccessKeyStore();
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    /// <summary>Runs something on one log.</summary>
    public async Task OnAsync(string? data, Func<IServiceProvider, Task> action)
    {
        using var host = await OpenAsync(data);
        await action(host.Services);
    }

    public async Task<T> OnAsync<T>(string? data, Func<IServiceProvider, Task<T>> action)
    {
        using var host = await OpenAsync(data);
        return await action(host.Services);
    }

    public Task<CopyResult> ToMongoAsync() => CopyAsync(Data, toMongo: true);

    public Task<CopyResult> ToEmbeddedAsync(string data) => CopyAsync(data, toMongo: false);

    public async Task<CopyResult> CopyAsync(string data, bool toMongo) => await new LogCopy(
        new ConfigurationBuilder().AddInMemoryCollection(Settings(data)).Build()).RunAsync(toMongo, new NoProgress(), Cancel);

    /// <summary>Puts records of every kind into the embedded log, and erases a user.</summary>
    public Task FillAsync(int interactions = 1_300) => OnAsync(Data, async services =>
    {
        var catalog = services.GetRequiredService<ICatalog>();
        await catalog.PutCampaignsAsync(
        [
            new Campaign(new CampaignId("c-1"), "One", "card", Sample.Noon, Sample.Noon.AddDays(9), new Dictionary<string, IReadOnlyList<string>> { ["segment"] = ["b", "a"], ["age"] = ["20s"] }, new FrequencyCap(3, TimeSpan.FromDays(7)), """{"budget": 1.50}"""),
            new Campaign(new CampaignId("c-2"), "Two", ""),
            new Campaign(new CampaignId("c-3"), "Three", "loan"),
        ], Cancel);
        await catalog.DeleteCampaignAsync(new CampaignId("c-3"), Cancel);
        for (var user = 0; user < 12; user++)
        {
            await catalog.PutUserAsync(
                new UserProfile(new UserId($"u-{user}"), new Dictionary<string, string> { ["segment"] = "a", ["age"] = $"{user}0s" }), Cancel);
        }

        var log = services.GetRequiredService<IInteractionLog>();
        foreach (var batch in Enumerable.Range(0, interactions).Chunk(400))
        {
            await log.AppendAsync([.. batch.Select(i => i % 3 == 0
                ? Sample.Chat($"e-{i}", $"u-{i % 7}", $"my card {i} was declined", minutes: i) with { Properties = """{"channel" : "app", "n": 1.0}""" }
                : Sample.Event($"e-{i}", InteractionType.Click, $"u-{i % 7}", minutes: i))], Cancel);
        }

        await services.GetRequiredService<IDeadLetters>().AddAsync(
        [
            new DeadLetter("d-1", "kafka", "not JSON", Sample.Noon, null, null, """{"user_id":"u-3","text":"help"}"""),
            new DeadLetter("d-2", "projection:graph", "poison", Sample.Noon, new EventId("e-1"), new UserId("u-1"), null),
        ], Cancel);
        await EraseAsync(services, "u-6");
        await services.GetRequiredService<IAuditTrail>().AppendAsync(
        [
            Entry(AuditAction.UsersErase, AuditTarget.User(new UserId("u-6"))) with { Address = "10.0.3.17", Outcome = 202 },
            Entry(AuditAction.CampaignsDelete, new AuditTarget("c-3")),
            Entry(AuditAction.KeysCreate, null) with { Actor = AuditActor.Anonymous, Outcome = 403, Count = 17 },
        ], Cancel);
        await services.GetRequiredService<IAccessKeys>().AddAsync(Key("k-1") with { ExpiresAt = Sample.Noon.AddDays(9) }, Cancel);
        await services.GetRequiredService<IAccessKeys>().AddAsync(Key("k-2") with { LastUsedAt = Sample.Noon }, Cancel);
    });

    /// <summary>A key whose secret is its id.</summary>
    public static AccessKey Key(string id) => new(
        id, $"name of {id}", Scopes.UsersRead | Scopes.Admin, KeyHash.TryCompute(id, out var hash) ? hash : default, Sample.Noon);

    private static AuditEntry Entry(string action, AuditTarget? target) =>
        new(AuditId.New(Sample.Noon), Sample.Noon, action, new AuditActor("k-1", "shop"), null, target, 200);

    public static async Task EraseAsync(IServiceProvider services, string user)
    {
        await services.GetRequiredService<ICatalog>().DeleteUserAsync(new UserId(user), Cancel);
        await services.GetRequiredService<IPersonalData>().EraseAsync(new UserId(user), Cancel);
        await services.GetRequiredService<IDeadLetters>().EraseAsync(new UserId(user), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        using (var client = new MongoClient(_url))
        {
            await client.DropDatabaseAsync(_url.DatabaseName, CancellationToken.None);
        }

        _folder.Dispose();
    }

    private Dictionary<string, string?> Settings(string? data) => new()
    {
        ["Storage:DataDirectory"] = data ?? Folder("unused"),
        ["Storage:Durability"] = nameof(Durability.ProcessCrash),
        ["ConnectionStrings:mongodb"] = Connection,
    };

    private sealed class NoProgress : ICopyProgress
    {
        public void Started(long total, long before)
        {
        }

        public void Copied(long done)
        {
        }
    }
}
