extern alias AppHost;

using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Aspire;

/// <summary>The AppHost as <c>dotnet run</c> starts it with Aspire's orchestrator, called over HTTP.</summary>
public sealed class SystemTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_somebody_says_decides_what_they_are_recommended()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Marketing_AppHost>(
            ["--Containers:Engine=false", "--urls=http://localhost:0"], Cancel);
        var api = Assert.Single(builder.Resources.OfType<ProjectResource>());
        builder.CreateResourceBuilder(api).WithEnvironment("Storage__DataDirectory", _folder.Path);
        await using var system = await builder.BuildAsync(Cancel);
        await system.StartAsync(Cancel);
        await system.ResourceNotifications.WaitForResourceHealthyAsync("api", Cancel);
        using var client = system.CreateHttpClient("api", "http");

        using var taken = await client.PostAsJsonAsync(
            new Uri("/interactions", UriKind.Relative), new { userId = "u-1", type = "chat", text = "which exchange rate do I get abroad?" }, Cancel);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Cancel));
        await Eventually.TrueAsync("the chat is in the next recommendation", async () =>
        {
            var answer = await client.GetFromJsonAsync<JsonElement>(new Uri("/recommendations/u-1", UriKind.Relative), Cancel);
            return answer.GetProperty("basis").GetString() == "chat";
        });
    }
}
