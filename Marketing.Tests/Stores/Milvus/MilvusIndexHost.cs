using Marketing.Domain.Ports;
using Marketing.Stores.Milvus;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Milvus;

/// <summary>A separate collection on the server of <c>ConnectionStrings__milvus</c>.</summary>
internal sealed class MilvusIndexHost : IVectorIndexHost
{
    private readonly string _connectionString;
    private readonly VectorSpace _space;
    private IHost _host = null!;

    private MilvusIndexHost(string connectionString, VectorSpace space) => (_connectionString, _space) = (connectionString, space);

    public IVectorIndex Index => _host.Services.GetRequiredService<IVectorIndex>();

    private MilvusCollectionProvider Collections => _host.Services.GetRequiredService<MilvusCollectionProvider>();

    public static async Task<MilvusIndexHost> OpenAsync(int dimensions)
    {
        var host = new MilvusIndexHost(await Server.RequiredAsync("milvus"), new VectorSpace($"test_{Guid.NewGuid():N}", dimensions));
        await host.StartAsync();
        return host;
    }

    public async Task ReopenAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Waits for all writes, because a read with strong consistency does; later reads then see them too.</summary>
    public Task SettleAsync() => Index.CountAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await (await Collections.GetAsync(CancellationToken.None)).DropAsync();
        await StopAsync();
    }

    internal static IHost Build(string connectionString, VectorSpace space)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:milvus", connectionString)]);
        builder.Services.AddLogging().AddSingleton(space);
        builder.AddMilvusVectorIndex();
        return builder.Build();
    }

    private Task StartAsync()
    {
        _host = Build(_connectionString, _space);
        return _host.StartAsync();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
