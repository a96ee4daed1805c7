using System.Net;
using System.Numerics.Tensors;
using Marketing.Domain.Ports;
using Marketing.Stores.Gemini;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Stores.Gemini;

public sealed class GeminiEmbeddingGeneratorTests : IAsyncLifetime
{
    private GeminiStandIn _api = null!;

    public async ValueTask InitializeAsync() => _api = await GeminiStandIn.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Vectors_have_768_components_and_unit_length()
    {
        var embeddings = await Generator().GenerateAsync(["where is my card", "top up"], cancellationToken: Token);

        Assert.Equal(2, embeddings.Count);
        Assert.All(embeddings, embedding => Assert.Equal(768, embedding.Vector.Length));
        Assert.All(embeddings, embedding => Assert.Equal(1f, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5f));
        Assert.Equal("SEMANTIC_SIMILARITY", _api.Requests[0]["requests"]![0]!["taskType"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_space_names_the_model_and_its_dimensions()
    {
        await using var services = Services();

        Assert.Equal(VectorSpace.Of("gemini-embedding-001", 768), services.GetRequiredService<VectorSpace>());
    }

    [Fact]
    public async Task A_batch_is_never_larger_than_the_api_takes_and_order_is_kept()
    {
        var texts = Enumerable.Range(1, 250).Select(length => new string('x', length)).ToList();

        var embeddings = await Generator().GenerateAsync(texts, cancellationToken: Token);

        Assert.Equal([100, 100, 50], _api.BatchSizes);
        var alone = await Generator().GenerateAsync([texts[170]], cancellationToken: Token);
        Assert.Equal(alone[0].Vector.ToArray(), embeddings[170].Vector.ToArray());
    }

    [Fact]
    public async Task A_spent_quota_is_waited_for_as_long_as_the_api_says()
    {
        _api.Failures.Enqueue(context => GeminiStandIn.Error(context, 429, "RESOURCE_EXHAUSTED", "quota", retryAfterSeconds: 1));
        _api.Failures.Enqueue(context => GeminiStandIn.Error(context, 503, "UNAVAILABLE", "overloaded", retryAfterSeconds: 0));

        var embeddings = await Generator().GenerateAsync(["where is my card"], cancellationToken: Token);

        Assert.Single(embeddings);
        Assert.Equal(3, _api.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_key_fails_at_once_and_neither_key_nor_text_is_told()
    {
        var log = new CollectedLog();

        var failure = await Assert.ThrowsAsync<GeminiException>(
            () => Generator(key: "wrong-secret", log: log).GenerateAsync(["my secret text"], cancellationToken: Token));

        Assert.Equal(HttpStatusCode.BadRequest, failure.StatusCode);
        Assert.Contains("INVALID_ARGUMENT", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString() + log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_dimension_is_refused()
    {
        _api.Failures.Enqueue(_ => Microsoft.AspNetCore.Http.Results.Json(new { embeddings = new[] { new { values = new[] { 1f } } } }));

        var failure = await Assert.ThrowsAsync<GeminiException>(() => Generator().GenerateAsync(["hello"], cancellationToken: Token));

        Assert.Contains("768", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gemini:Dimensions", "64")]
    [InlineData("Gemini:BatchSize", "101")]
    [InlineData("Gemini:TaskType", "GUESS")]
    public async Task A_wrong_setting_is_named(string setting, string value)
    {
        await using var services = Services((setting, value));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GeminiOptions>>().Value);

        Assert.Contains(setting.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEmbeddingGenerator<string, Embedding<float>> Generator(string key = GeminiStandIn.Key, CollectedLog? log = null) =>
        Services(log, ("Gemini:ApiKey", key)).GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    private ServiceProvider Services(params (string Key, string Value)[] settings) => Services(null, settings);

    private ServiceProvider Services(CollectedLog? log, params (string Key, string Value)[] settings)
    {
        var values = settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value);
        values["Gemini:Endpoint"] = _api.Endpoint.ToString();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddLogging(logging => _ = log is null ? logging : logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddGeminiEmbeddings()
            .BuildServiceProvider();
    }
}
