extern alias AppHost;

using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Aspire.Integrations;

/// <summary>The AppHost as <c>dotnet run</c> starts it with a container engine: every store in its own container.</summary>
public sealed class ContainerTests : IDisposable
{
    private static readonly string[] Resources = ["mongodb", "neo4j", "milvus", "redis", "ingest", "api"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task On_containers_too_what_somebody_says_decides_what_they_are_recommended()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Server.ContainersWanted) == "true",
            $"Needs a container engine with the images: set {Server.ContainersWanted}=true.");
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<AppHost::Projects.Marketing_AppHost>(
            ["--Containers:Engine=true", "--SampleData:LoadOnFirstRun=false", "--urls=http://localhost:0", .. Passwords], Cancel);
        KeepNothing(builder);
        foreach (var program in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(program).WithEnvironment("Storage__DataDirectory", _folder.Path);
        }

        await using var system = await builder.BuildAsync(Cancel);
        await system.StartAsync(Cancel);
        foreach (var resource in Resources)
        {
            await system.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.StopOnResourceUnavailable, Cancel);
        }

        using var client = system.CreateHttpClient("api", "http");
        using var loaded = await client.PutAsJsonAsync(
            new Uri("/campaigns/travel-card", UriKind.Relative),
            new { name = "Travel card with no foreign fees", text = "Pay abroad at the real exchange rate" }, Cancel);
        Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync(Cancel));
        using var taken = await client.PostAsJsonAsync(
            new Uri("/interactions", UriKind.Relative), new { userId = "u-1", type = "chat", text = "which exchange rate do I get abroad?" }, Cancel);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Cancel));
        string[] said = ["", ""];
        await Eventually.TrueAsync(() => $"the chat is in the next recommendation. {string.Join(' ', said)}", async () =>
        {
            said = [await GetAsync(client, "/recommendations/u-1"), await GetAsync(client, "/health")];
            var answer = JsonElement.Parse(said[0]);
            return answer.GetProperty("basis").GetString() == "chat"
                && answer.GetProperty("campaigns").EnumerateArray().Any(campaign => campaign.GetProperty("campaignId").GetString() == "travel-card");
        });
    }

    private static async Task<string> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    // Fixed values, so that the test neither needs nor changes the developer's saved passwords.
    private static IEnumerable<string> Passwords =>
        ["--Parameters:mongo-password=for-tests", "--Parameters:neo4j-password=for-tests", "--Parameters:milvus-key=for-tests", "--Parameters:redis-password=for-tests"];

    /// <summary>Removes the volumes, which belong to the developer's own runs, so that each container's data ends with it.</summary>
    private static void KeepNothing(IDistributedApplicationTestingBuilder builder)
    {
        foreach (var container in builder.Resources.OfType<ContainerResource>())
        {
            foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>().ToList())
            {
                container.Annotations.Remove(mount);
            }
        }
    }
}
