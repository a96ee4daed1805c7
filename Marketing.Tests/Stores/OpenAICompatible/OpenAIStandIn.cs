using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Stores.OpenAICompatible;

/// <summary>A local server that answers <c>POST /v1/embeddings</c> like OpenAI's API and compatible servers.</summary>
internal sealed class OpenAIStandIn : IAsyncDisposable
{
    public const string Key = "stand-in-key";

    private readonly WebApplication _app;

    private OpenAIStandIn(WebApplication app) => _app = app;

    public Queue<Func<HttpContext, IResult>> Failures { get; } = new();

    public List<JsonNode> Requests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    /// <summary>Whether vectors are arrays of numbers even though base64 was requested.</summary>
    public bool Numbers { get; set; }

    public string Endpoint => $"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1";

    public static async Task<OpenAIStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new OpenAIStandIn(builder.Build());
        standIn._app.MapPost("/v1/embeddings", (Delegate)standIn.AnswerAsync);
        await standIn._app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        Requests.Add(body);
        Authorizations.Add(context.Request.Headers.Authorization);
        if (Failures.TryDequeue(out var failure))
        {
            return failure(context);
        }

        var dimensions = body["dimensions"]?.GetValue<int>() ?? 12;
        return Results.Json(new
        {
            @object = "list",
            model = body["model"]!.GetValue<string>(),
            usage = new { prompt_tokens = 1, total_tokens = 1 },
            data = body["input"]!.AsArray().Select((text, index) => new
            {
                @object = "embedding",
                index,
                embedding = Vector(text!.GetValue<string>(), dimensions),
            }),
        });
    }

    /// <summary>Returns a vector that is not unit length.</summary>
    private object Vector(string text, int dimensions)
    {
        var random = new Random(text.Length);
        float[] values = [.. Enumerable.Range(0, dimensions).Select(_ => (float)random.NextDouble() - 0.3f)];
        return Numbers ? values : Convert.ToBase64String(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
