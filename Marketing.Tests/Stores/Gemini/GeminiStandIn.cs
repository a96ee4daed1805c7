using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Stores.Gemini;

/// <summary>A local server that answers batchEmbedContents as the API documents: success, quota and errors.</summary>
internal sealed class GeminiStandIn : IAsyncDisposable
{
    public const string Key = "stand-in-key";

    private readonly WebApplication _app;

    private GeminiStandIn(WebApplication app) => _app = app;

    public Queue<Func<HttpContext, IResult>> Failures { get; } = new();

    /// <summary>The response to every request while this is set.</summary>
    public Func<HttpContext, IResult>? Outage { get; set; }

    public List<int> BatchSizes { get; } = [];

    public List<JsonNode> Requests { get; } = [];

    public Uri Endpoint => new($"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1beta/");

    public static async Task<GeminiStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var standIn = new GeminiStandIn(builder.Build());
        standIn._app.MapPost("/v1beta/models/{model}:batchEmbedContents", standIn.AnswerAsync);
        await standIn._app.StartAsync();
        return standIn;
    }

    public static IResult Error(HttpContext context, int status, string name, string message, int? retryAfterSeconds = null)
    {
        if (retryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        return Results.Json(new { error = new { code = status, message, status = name } }, statusCode: status);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpContext context, string model)
    {
        if (context.Request.Headers["x-goog-api-key"] != Key)
        {
            return Error(context, 400, "INVALID_ARGUMENT", "API key not valid.");
        }

        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        Requests.Add(body);
        if (Outage is { } outage)
        {
            return outage(context);
        }

        if (Failures.TryDequeue(out var failure))
        {
            return failure(context);
        }

        var requests = body["requests"]!.AsArray();
        BatchSizes.Add(requests.Count);
        if (requests.Count > 100)
        {
            return Error(context, 400, "INVALID_ARGUMENT", "at most 100 requests can be in one batch");
        }

        return Results.Json(new { embeddings = requests.Select(request => new { values = Values(request!) }) });
    }

    /// <summary>Returns a vector that is not unit length, like the API below full dimensions.</summary>
    private static float[] Values(JsonNode request)
    {
        var text = request["content"]!["parts"]![0]!["text"]!.GetValue<string>();
        var random = new Random(text.Length);
        return [.. Enumerable.Range(0, request["outputDimensionality"]!.GetValue<int>()).Select(_ => (float)random.NextDouble() - 0.3f)];
    }
}
