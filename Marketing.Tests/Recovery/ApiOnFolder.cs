using System.Net.Http.Json;
using Marketing.Domain.Ports;
using Marketing.Tests.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recovery;

/// <summary>The whole API in this process, over files that another one left.</summary>
internal sealed class ApiOnFolder(string folder, params (string Name, string Value)[] settings) : ApiServer
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Posts interactions of several users and waits until every projection has them.</summary>
    public async Task FillAsync(HttpClient client, int interactions, string prefix = "e")
    {
        string[] types = ["chat", "view", "click", "convert"];
        foreach (var chunk in Enumerable.Range(0, interactions).Chunk(25))
        {
            using var response = await client.PostAsJsonAsync(
                "/interactions",
                chunk.Select(i => new
                {
                    eventId = $"{prefix}-{i}",
                    userId = $"u-{i % 17}",
                    type = types[i % types.Length],
                    campaignId = i % types.Length == 0 ? null : $"c-{i % 7}",
                    text = i % types.Length == 0 ? $"my card number {i % 20} was declined in shop {i}" : null,
                    occurredAt = DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(i),
                }),
                Cancel);
            response.EnsureSuccessStatusCode();
        }

        await WaitAsync(async () => (await Services.GetRequiredService<IInteractionQueue>().BacklogAsync(Cancel)).Pending == 0);
    }

    /// <summary>Waits until no projection is being rebuilt.</summary>
    public Task WaitUntilWholeAsync() => WaitAsync(
        () => Task.FromResult(Services.GetRequiredService<LostProjections>().All.Count == 0));

    /// <summary>Returns the result of one health check.</summary>
    public static async Task<(string Status, string Description)> HealthAsync(HttpClient client, string check)
    {
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), Cancel);
        var health = await ApiServer.ReadAsync(response, 200, 503);
        var found = health.GetProperty("checks").GetProperty(check);
        return (found.GetProperty("status").GetString()!, found.TryGetProperty("description", out var text) ? text.GetString()! : "");
    }

    public static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Timeout);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }

    /// <summary>Waits until the program has closed its files, which it does on another thread.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await WaitAsync(() => Task.FromResult(Directory.GetFiles(folder, "*.db-wal").Length == 0));
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Storage:DataDirectory", folder);
        builder.UseSetting("Storage:FileCheckDelay", "00:00:00");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }
    }
}
