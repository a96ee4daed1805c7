using Marketing.Domain.Ports;
using Marketing.Stores.Mongo;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Driver;

namespace Marketing.Tests.Stores.Mongo;

/// <summary>The stores of a separate database on the server of <c>ConnectionStrings__mongodb</c>.</summary>
internal sealed class MongoLogStores : ILogStores
{
    private readonly MongoUrl _url;
    private IHost _host = null!;

    private MongoLogStores(string connectionString)
        : this(new MongoUrlBuilder(connectionString) { DatabaseName = $"test_{Guid.NewGuid():N}" }.ToMongoUrl())
    {
    }

    private MongoLogStores(MongoUrl url) => _url = url;

    public IInteractionLog Log => _host.Services.GetRequiredService<IInteractionLog>();

    public IInteractionQueue Queue => _host.Services.GetRequiredService<IInteractionQueue>();

    public IPersonalData PersonalData => _host.Services.GetRequiredService<IPersonalData>();

    public IDeadLetters DeadLetters => _host.Services.GetRequiredService<IDeadLetters>();

    public ICatalog Catalog => _host.Services.GetRequiredService<ICatalog>();

    public IAuditTrail Audit => _host.Services.GetRequiredService<IAuditTrail>();

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public static async Task<ILogStores> OpenAsync()
    {
        var stores = new MongoLogStores(await Server.RequiredAsync("mongodb"));
        await stores.StartAsync();
        return stores;
    }

    /// <summary>Starts several programs at once on a database that does not exist yet.</summary>
    public static async Task StartTogetherAsync(int programs)
    {
        var first = new MongoLogStores(await Server.RequiredAsync("mongodb"));
        MongoLogStores[] all = [first, .. Enumerable.Range(1, programs - 1).Select(_ => new MongoLogStores(first._url))];
        try
        {
            await Task.WhenAll(all.Select(stores => Task.Run(stores.StartAsync)));
        }
        finally
        {
            await first.DisposeAsync();
            foreach (var other in all.Skip(1))
            {
                await other.StopAsync();
            }
        }
    }

    public async Task ReopenAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task<byte[]?> BytesAsync() => Task.FromResult<byte[]?>(null);

    public async ValueTask DisposeAsync()
    {
        await _host.Services.GetRequiredService<IMongoClient>().DropDatabaseAsync(_url.DatabaseName);
        await StopAsync();
    }

    private Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:mongodb", _url.ToString())]);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddMongoStores();
        _host = builder.Build();
        return _host.StartAsync();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
