using System.Globalization;
using Marketing.Recommender.Ports;
using Microsoft.Extensions.Options;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>
/// The collection of one vector space, made and loaded when it is first asked for. Its name bears model and dimension, so that
/// another model starts another collection and vectors of two spaces never meet.
/// </summary>
internal sealed class MilvusCollectionProvider(MilvusClient client, VectorSpace space, IOptions<MilvusOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);

    private MilvusCollection? _collection;

    /// <summary>The collection's name; Milvus takes letters, digits and underscores.</summary>
    public string Name { get; } = "messages_"
        + string.Concat(space.Model.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'))
        + "_" + space.Dimensions.ToString(CultureInfo.InvariantCulture);

    public async ValueTask<MilvusCollection> GetAsync(CancellationToken cancellationToken)
    {
        if (_collection is { } ready)
        {
            return ready;
        }

        await _once.WaitAsync(cancellationToken);
        try
        {
            return _collection ??= await OpenAsync(cancellationToken);
        }
        finally
        {
            _once.Release();
        }
    }

    public void Dispose() => _once.Dispose();

    private async Task<MilvusCollection> OpenAsync(CancellationToken cancellationToken)
    {
        if (!await client.HasCollectionAsync(Name, cancellationToken: cancellationToken))
        {
            await CreateAsync(cancellationToken);
        }

        var collection = client.GetCollection(Name);
        await collection.LoadAsync(cancellationToken: cancellationToken);
        await collection.WaitForCollectionLoadAsync(cancellationToken: cancellationToken);
        return collection;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var collection = await client.CreateCollectionAsync(
            Name, MilvusFields.Schema(space.Dimensions), ConsistencyLevel.BoundedStaleness, cancellationToken: cancellationToken);
        await collection.CreateIndexAsync(
            MilvusFields.VectorField,
            IndexType.Hnsw,
            SimilarityMetricType.Cosine,
            extraParams: new Dictionary<string, string>
            {
                ["M"] = options.Value.M.ToString(CultureInfo.InvariantCulture),
                ["efConstruction"] = options.Value.EfConstruction.ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken: cancellationToken);

        // Without a type: the server takes what it has for text. A user's messages are looked up by it in every recommendation.
        await collection.CreateIndexAsync(MilvusFields.UserIdField, indexName: MilvusFields.UserIdField, cancellationToken: cancellationToken);
    }
}
