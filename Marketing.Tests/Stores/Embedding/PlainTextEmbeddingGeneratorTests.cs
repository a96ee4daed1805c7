using Marketing.Domain.Ports;
using Marketing.Stores.Embedding;
using Microsoft.Extensions.AI;

namespace Marketing.Tests.Stores.Embedding;

public sealed class PlainTextEmbeddingGeneratorTests
{
    [Fact]
    public async Task A_remote_model_is_asked_for_what_was_said_and_never_for_nothing()
    {
        var remote = new Remote();
        using var generator = new PlainTextEmbeddingGenerator(remote, VectorSpace.Of("remote", 2));

        var made = await generator.GenerateAsync(
            ["<br>", "<b>lost</b> my card", "https://bank.example", "hello"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["lost my card", "hello"], remote.Asked);
        Assert.Equal([[0, 0], [12, 1], [0, 0], [5, 1]], made.Select(embedding => embedding.Vector.ToArray()));
    }

    [Fact]
    public async Task Where_nothing_is_said_it_is_not_asked()
    {
        var remote = new Remote();
        using var generator = new PlainTextEmbeddingGenerator(remote, VectorSpace.Of("remote", 2));

        var made = await generator.GenerateAsync(["<br>"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(remote.Asked);
        Assert.Equal([0, 0], Assert.Single(made).Vector.ToArray());
    }

    private sealed class Remote : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Asked { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            string[] texts = [.. values];
            Asked.AddRange(texts);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                texts.Select(text => new Embedding<float>(new float[] { text.Length, 1 }))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
