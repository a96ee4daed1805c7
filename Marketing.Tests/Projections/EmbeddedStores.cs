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

/// <summary>Every embedded store, registered as the product registers it.</summary>
internal sealed class EmbeddedStores : IAsyncDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly string _folder;
    private readonly bool _product;
    private IHost _host;

    /// <param name="folder">Where the files are; null: in a new folder, gone when this is disposed.</param>
    /// <param name="product">Whether texts are embedded as the product does it.</param>
    public EmbeddedStores(string? folder = null, bool product = false)
    {
        _own = folder is null ? new TemporaryFolder() : null;
        _folder = folder ?? _own!.Path;
        _product = product;
        _host = Open();
    }

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public HashedEmbedder Embedder { get; } = new();

    /// <summary>The name of the small embedder's model; another one takes effect when the stores are opened again.</summary>
    public string Model { get; set; } = "hashed";

    /// <summary>What turns text into vectors here.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Embeddings => Get<IEmbeddingGenerator<string, Embedding<float>>>();

    public IInteractionLog Log => Get<IInteractionLog>();

    public IInteractionQueue Queue => Get<IInteractionQueue>();

    public IPersonalData PersonalData => Get<IPersonalData>();

    public IDeadLetters DeadLetters => Get<IDeadLetters>();

    public ICatalog Catalog => Get<ICatalog>();

    public IVectorIndex Index => Get<IVectorIndex>();

    public IInteractionGraph Graph => Get<IInteractionGraph>();

    public IEngagementStore Engagement => Get<IEngagementStore>();

    /// <summary>All that is on disk.</summary>
    public byte[] Bytes() => _own!.Bytes();

    /// <summary>Empty stores of the same kind.</summary>
    public EmbeddedStores Fresh() => new(product: _product);

    /// <summary>Closes the stores and opens them again from their files.</summary>
    /// <param name="between">What is done while they are closed.</param>
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
