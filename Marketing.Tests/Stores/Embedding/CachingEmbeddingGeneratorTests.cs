using System.Text;
using Marketing.Domain.Ports;
using Marketing.Stores.Embedding;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.AI;

namespace Marketing.Tests.Stores.Embedding;

public sealed class CachingEmbeddingGeneratorTests : IDisposable
{
    private static readonly VectorSpace Space = new("marketing-static-256@1", 256);
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _embedded = [];

    [Fact]
    public async Task A_text_is_embedded_once_also_across_restarts()
    {
        await GenerateAsync(Space, "my card is lost", "my card is lost", "where is my card");
        await GenerateAsync(Space, "where is my card", "hello");

        Assert.Equal(["my card is lost", "where is my card", "hello"], _embedded);
    }

    [Fact]
    public async Task A_cached_vector_is_the_one_that_was_made()
    {
        var made = await GenerateAsync(Space, "one", "two");
        var cached = await GenerateAsync(Space, "two", "one");

        Assert.Equal(made.Select(embedding => embedding.Vector.ToArray()), cached.Reverse().Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public async Task Another_model_has_vectors_of_its_own()
    {
        await GenerateAsync(Space, "hello");
        await GenerateAsync(Space with { Model = "another" }, "hello");

        Assert.Equal(["hello", "hello"], _embedded);
    }

    [Fact]
    public async Task The_text_is_not_on_disk()
    {
        await GenerateAsync(Space, "the words of a person");

        Assert.Equal(-1, _folder.Bytes().AsSpan().IndexOf(Encoding.UTF8.GetBytes("words of")));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(VectorSpace space, params string[] texts)
    {
        using var generator = new CachingEmbeddingGenerator(
            new Recording(_embedded), new EmbeddingCache(Path.Combine(_folder.Path, EmbeddingCache.FileName), space));
        return await generator.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class Recording(List<string> embedded)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(StaticEmbeddingGenerator.Load())
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            string[] texts = [.. values];
            embedded.AddRange(texts);
            return base.GenerateAsync(texts, options, cancellationToken);
        }
    }
}
