using System.IO.Compression;
using System.Numerics.Tensors;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Embedding;
using Marketing.Stores.InProcess;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>Compares with exact search on embeddings of real messages (the BANKING77 training split, in the sample).</summary>
public sealed class RecallTests
{
    private const int Wanted = 10;
    private const int Queries = 300;

    [Theory]
    [InlineData(8_192)]
    [InlineData(1_024)]
    [InlineData(2_600)]
    [InlineData(8_000)]
    public async Task Ninety_nine_of_a_hundred_nearest_neighbors_are_found(int messagesBeforeInvertedLists)
    {
        float[][] vectors = Embeddings();
        float[][] queries = vectors[..Queries];
        float[][] indexed = vectors[Queries..];
        await using var host = new InProcessVectorIndexHost(256, new VectorIndexOptions { MessagesBeforeInvertedLists = messagesBeforeInvertedLists });
        foreach (var batch in indexed.Select((vector, i) => Message(i, vector)).Chunk(200))
        {
            // The number of messages when inverted lists are built must not depend on the speed of this machine.
            await host.Index.UpsertAsync(batch, TestContext.Current.CancellationToken);
            await host.SettleAsync();
        }

        int hits = 0;
        foreach (float[] query in queries)
        {
            float[] similarities = [.. indexed.Select(vector => TensorPrimitives.Dot<float>(query, vector))];
            float threshold = similarities.OrderDescending().ElementAt(Wanted - 1) - 1e-6f;
            var found = await host.Index.SearchAsync(new VectorQuery(query, Wanted), TestContext.Current.CancellationToken);
            hits += found.Count(match => similarities[int.Parse(match.Id.Value)] >= threshold);
        }

        Assert.True(hits >= 0.99 * Wanted * Queries, $"Recall@{Wanted} is {hits / (double)(Wanted * Queries):F4}.");
    }

    private static MessageVector Message(int i, float[] vector) =>
        new(new EventId($"{i}"), new UserId($"u-{i}"), null, DateTimeOffset.UnixEpoch, vector, default);

    private static float[][] Embeddings()
    {
        string? file = Repository.Find("samples", "bank", "messages.json.gz");
        Assert.SkipWhen(file is null, "samples/bank/messages.json.gz is not above the tests.");
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var document = JsonDocument.Parse(stream);
        using var generator = StaticEmbeddingGenerator.Load();
        string[] texts = [.. Texts(document.RootElement).Distinct()];
        new Random(1).Shuffle(texts);
        return [.. texts.Select(text => generator.Embed(text))];
    }

    /// <summary>Returns every string in the document that is a sentence.</summary>
    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        JsonValueKind.String when element.GetString() is { } text && text.Contains(' ', StringComparison.Ordinal) => [text],
        _ => [],
    };
}
