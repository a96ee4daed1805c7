using System.Numerics.Tensors;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.OpenAICompatible;

public sealed class OpenAICompatibleEmbeddingTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private OpenAIStandIn _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await OpenAIStandIn.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Vectors_have_the_size_that_was_asked_for_and_unit_length(bool numbers)
    {
        _api.Numbers = numbers;
        using var host = Build();
        var embeddings = await Generator(host).GenerateAsync(["where is my card", "top up"], cancellationToken: Token);
        Assert.All(embeddings, embedding => Assert.Equal(768, embedding.Vector.Length));
        Assert.All(embeddings, embedding => Assert.Equal(1f, TensorPrimitives.Norm(embedding.Vector.Span), 1e-5f));
        Assert.Equal(768, _api.Requests[0]["dimensions"]!.GetValue<int>());
        Assert.Equal($"Bearer {OpenAIStandIn.Key}", _api.Authorizations[0]);
    }

    [Fact]
    public async Task A_server_that_takes_no_dimensions_is_not_sent_any()
    {
        using var host = Build(("SendDimensions", "false"), ("Dimensions", "12"));
        Assert.Equal(12, (await Generator(host).GenerateAsync(["hello"], cancellationToken: Token))[0].Vector.Length);
        Assert.Null(_api.Requests[0]["dimensions"]);
    }

    [Fact]
    public void The_space_names_the_model_and_its_dimensions()
    {
        using var host = Build();
        Assert.Equal(VectorSpace.Of("some-model", 768), host.Services.GetRequiredService<VectorSpace>());
    }

    [Fact]
    public async Task Batches_are_no_larger_than_set_and_order_is_kept()
    {
        using var host = Build(("BatchSize", "40"));
        string[] texts = [.. Enumerable.Range(1, 100).Select(length => new string('x', length))];
        var embeddings = await Generator(host).GenerateAsync(texts, cancellationToken: Token);
        Assert.Equal([40, 40, 20], _api.Requests.Select(request => request["input"]!.AsArray().Count));
        using var again = Build();
        var alone = await Generator(again).GenerateAsync([texts[70] + " ", texts[70]], cancellationToken: Token);
        Assert.Equal(alone[1].Vector.ToArray(), embeddings[70].Vector.ToArray());
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _api.Failures.Enqueue(context => Busy(context, 429));
        _api.Failures.Enqueue(context => Busy(context, 503));
        using var host = Build();
        Assert.Single(await Generator(host).GenerateAsync(["hello"], cancellationToken: Token));
        Assert.Equal(3, _api.Requests.Count);
    }

    [Fact]
    public async Task An_error_tells_the_status_and_neither_key_nor_text()
    {
        _api.Failures.Enqueue(_ => Results.Json(new { error = new { message = "my secret text is bad, stand-in-key" } }, statusCode: 400));
        using var host = Build();
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Generator(host).GenerateAsync(["my secret text"], cancellationToken: Token));
        Assert.Equal("The embedding API responded with 400.", failure.Message);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(OpenAIStandIn.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_dimension_is_refused_by_the_settings_name()
    {
        using var host = Build(("SendDimensions", "false"));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Generator(host).GenerateAsync(["hello"], cancellationToken: Token));
        Assert.Contains("OpenAI:Dimensions is 768", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_embedded_once()
    {
        using var host = Build();
        await Generator(host).GenerateAsync(["hello", "hello"], cancellationToken: Token);
        await Generator(host).GenerateAsync(["hello"], cancellationToken: Token);
        Assert.Single(Assert.Single(_api.Requests)["input"]!.AsArray());
    }

    [Fact]
    public void Two_embedders_are_refused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Gemini:ApiKey", "a"), new("OpenAI:Model", "b")]);
        Assert.Contains("unset one", Assert.Throws<StoreStartupException>(() => builder.AddMarketingStores()).Message, StringComparison.Ordinal);
    }

    private static IResult Busy(HttpContext context, int status)
    {
        context.Response.Headers.RetryAfter = "0";
        return Results.StatusCode(status);
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Generator(IHost host) =>
        host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Storage:DataDirectory", _folder.Path),
            new("OpenAI:Endpoint", _api.Endpoint),
            new("OpenAI:Model", "some-model"),
            new("OpenAI:ApiKey", OpenAIStandIn.Key),
            .. settings.Select(setting => new KeyValuePair<string, string?>($"OpenAI:{setting.Key}", setting.Value)),
        ]);
        builder.AddMarketingStores();
        return builder.Build();
    }
}
