using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections;

/// <summary>Every embedded store, registered as in the product.</summary>
internal sealed class EmbeddedStores : IAsyncDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly string _folder;
    private readonly bool _product;
    private IHost _host;

    /// <param name="folder">The folder of the files; null creates one that is deleted on dispose.</param>
    /// <param name="product">Whether to embed texts with the product's model.</param>
    public EmbeddedStores(string? folder = null, bool product = false)
    {
        _own = folder is null ? new TemporaryFolder() : null;
        _folder = folder ?? _own!.Path;
        _product = product;
        _host = Open();
    }

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public HashedEmbedder Embedder { get; } = new();

    /// <summary>The small embedder's model name; a change takes effect when the stores are reopened.</summary>
    public string Model { get; set; } = "hashed";

    /// <summary>The embedder in use.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings => Get<IEmbeddingGenerator<string, Embedding<float>>>();

    public IInteractionLog Log => Get<IInteractionLog>();

    public IInteractionQueue Queue => Get<IInteractionQueue>();

    public IPersonalData PersonalData => Get<IPersonalData>();

    public IDeadLetters DeadLetters => Get<IDeadLetters>();

    public ICatalog Catalog => Get<ICatalog>();

    public IAuditTrail Audit => Get<IAuditTrail>();

    public IVectorIndex Index => Get<IVectorIndex>();

    public IInteractionGraph Graph => Get<IInteractionGraph>();

    public IEngagementStore Engagement => Get<IEngagementStore>();

    /// <summary>Returns everything on disk.</summary>
    public byte[] Bytes() => _own!.Bytes();

    /// <summary>Returns empty stores of the same kind.</summary>
    public EmbeddedStores Fresh() => new(product: _product);

    /// <summary>Closes the stores and reopens them from their files.</summary>
    /// <param name="between">Runs while they are closed.</param>
    public async Task ReopenAsync(Action? between = null)
    {
        await CloseAsync();
        between?.Invoke();
        _host = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _own?.Dispose();
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private async Task CloseAsync() => await ((IAsyncDisposable)_host).DisposeAsync();

    private IHost Open()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            [new("Storage:DataDirectory", _folder), new("Storage:Durability", nameof(Durability.ProcessCrash))]);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddMarketingStores();
        if (!_product)
        {
            builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(Embedder);
            builder.Services.AddSingleton(new VectorSpace(Model, HashedEmbedder.Dimensions));
        }

        return builder.Build();
    }
}
