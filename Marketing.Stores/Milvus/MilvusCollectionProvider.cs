using System.Globalization;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Options;
using Milvus.Client;

namespace Marketing.Stores.Milvus;

/// <summary>
/// The collection of one vector space, created and loaded on first use. Its name contains model and dimension, so that another model uses
/// another collection and vectors of two spaces never mix.
/// </summary>
internal sealed class MilvusCollectionProvider(MilvusClient client, VectorSpace space, IOptions<MilvusOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);

    private MilvusCollection? _collection;

    /// <summary>The collection's name; Milvus allows letters, digits and underscores.</summary>
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
        await EnsureAsync(cancellationToken);
        var collection = client.GetCollection(Name);
        MilvusFields.Check(await collection.DescribeAsync(cancellationToken), space);
        await EnsureVectorIndexAsync(collection, cancellationToken);
        await EnsureUserIndexAsync(collection, cancellationToken);
        await collection.LoadAsync(cancellationToken: cancellationToken);
        await collection.WaitForCollectionLoadAsync(cancellationToken: cancellationToken);
        return collection;
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await client.HasCollectionAsync(Name, cancellationToken: cancellationToken))
        {
            return;
        }

        try
        {
            await client.CreateCollectionAsync(
                Name, MilvusFields.Schema(space), ConsistencyLevel.BoundedStaleness, cancellationToken: cancellationToken);
        }
        catch (MilvusException)
        {
            // Another process may have created it in the meantime.
            if (!await client.HasCollectionAsync(Name, cancellationToken: cancellationToken))
            {
                throw;
            }
        }
    }

    private Task EnsureVectorIndexAsync(MilvusCollection collection, CancellationToken cancellationToken) =>
        EnsureIndexAsync(collection, MilvusFields.VectorField, () => collection.CreateIndexAsync(
            MilvusFields.VectorField,
            options.Value.Exact ? IndexType.Flat : IndexType.Hnsw,
            SimilarityMetricType.Cosine,
            extraParams: options.Value.Exact ? null : new Dictionary<string, string>
            {
                ["M"] = options.Value.M.ToString(CultureInfo.InvariantCulture),
                ["efConstruction"] = options.Value.EfConstruction.ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken: cancellationToken), cancellationToken);

    /// <summary>
    /// Creates the index by user, because every recommendation looks up a user's messages. No index type is given, so that the server
    /// uses its default for text.
    /// </summary>
    private static Task EnsureUserIndexAsync(MilvusCollection collection, CancellationToken cancellationToken) =>
        EnsureIndexAsync(collection, MilvusFields.UserIdField, () => collection.CreateIndexAsync(
            MilvusFields.UserIdField, indexName: MilvusFields.UserIdField, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Creates a missing index, also in an existing collection, whose creator may have crashed before.</summary>
    private static async Task EnsureIndexAsync(
        MilvusCollection collection, string field, Func<Task> create, CancellationToken cancellationToken)
    {
        if (await HasIndexAsync(collection, field, cancellationToken))
        {
            return;
        }

        try
        {
            await create();
        }
        catch (MilvusException)
        {
            // Another process may have created it in the meantime.
            if (!await HasIndexAsync(collection, field, cancellationToken))
            {
                throw;
            }
        }
    }

    private static async Task<bool> HasIndexAsync(MilvusCollection collection, string field, CancellationToken cancellationToken)
    {
        try
        {
            return (await collection.DescribeIndexAsync(field, cancellationToken: cancellationToken)).Count > 0;
        }
        catch (MilvusException exception) when (exception.Message.Contains("index not found", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
    }
}
