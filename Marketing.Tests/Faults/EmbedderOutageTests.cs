using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Gemini;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Http;

namespace Marketing.Tests.Faults;

/// <summary>Chats sent while the embedding API is down are ingested, and get their vectors once it recovers.</summary>
public sealed class EmbedderOutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_and_the_vectors_catch_up(bool hangs)
    {
        using var folder = new TemporaryFolder();
        await using var gemini = await GeminiStandIn.StartAsync();
        await using var api = await ProductProcess.StartAsync("Marketing.Api", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__DataDirectory"] = folder.Path,
            ["SampleData__LoadOnFirstRun"] = "false",
            ["Jobs__Enabled"] = "false",
            ["Gemini__ApiKey"] = GeminiStandIn.Key,
            ["Gemini__Endpoint"] = gemini.Endpoint.ToString(),
            ["Gemini__Retries"] = "1",
            ["Gemini__AttemptTimeout"] = "00:00:02",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        });
        using var http = new HttpClient { BaseAddress = api.Address };
        await SayAsync(http, "before", 20);
        await VectorsAsync(http, 20);

        gemini.Outage = hangs
            ? static _ => new NoAnswer()
            : static context => GeminiStandIn.Error(context, 429, "RESOURCE_EXHAUSTED", "quota", retryAfterSeconds: 1);
        await SayAsync(http, "during", 20);
        await Eventually.TrueAsync("the API was asked again", () => Task.FromResult(gemini.Requests.Count > 3));
        using (var answer = await http.GetAsync(new Uri("/recommendations/u-1", UriKind.Relative), Cancel))
        {
            answer.EnsureSuccessStatusCode();
        }

        gemini.Outage = null;
        await VectorsAsync(http, 40);
        var letters = await http.GetFromJsonAsync<JsonElement>("/admin/dead-letters", Cancel);
        Assert.Equal(0, letters.GetProperty("items").GetArrayLength());
    }

    private static async Task SayAsync(HttpClient http, string when, int count)
    {
        var chats = Enumerable.Range(0, count).Select(i => new { eventId = $"{when}-{i}", userId = $"u-{i}", type = "chat", text = $"{when} number {i}" });
        using var response = await http.PostAsJsonAsync("/interactions", chats, Cancel);
        response.EnsureSuccessStatusCode();
    }

    private static Task VectorsAsync(HttpClient http, int count) => Eventually.TrueAsync($"{count} chats have a vector", async () =>
    {
        var report = await http.GetFromJsonAsync<JsonElement>("/admin/consistency", Cancel);
        var vectors = report.GetProperty("projections").EnumerateArray().Single(one => one.GetProperty("projection").GetString() == "vectors");
        return vectors.GetProperty("actual").GetInt64() == count && vectors.GetProperty("pending").GetInt64() == 0;
    });

    /// <summary>Sends nothing until the caller disconnects.</summary>
    private sealed class NoAnswer : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            Task.Delay(Timeout.Infinite, httpContext.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
    }
}
