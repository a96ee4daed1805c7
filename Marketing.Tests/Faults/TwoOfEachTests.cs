using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Benchmarks.Kill;
using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>Two APIs and two workers on the same servers.</summary>
[Collection(nameof(FaultWorlds))]
public sealed class TwoOfEachTests(FaultWorlds worlds)
{
    private const int CallsBetweenKills = 20;

    /// <summary>What a killed worker had claimed is claimed again when its lease of a minute has ended.</summary>
    private static readonly TimeSpan UntilProjected = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_projected_once_and_neither_api_keeps_an_old_answer()
    {
        var world = await worlds.GetAsync(FaultTests.OnServers);
        await using var other = await world.StartAnotherApiAsync();
        using var first = new HttpClient { BaseAddress = world.Api.Address };
        using var second = new HttpClient { BaseAddress = other.Address };

        // Both now answer from cache: nora has no interactions yet.
        var before = await AskAsync(first, "nora");
        Assert.Equal(before, await AskAsync(second, "nora"));
        for (var i = 0; i < 40; i++)
        {
            await TakeInAsync(first, $"two-{i}", $"other-{i}", "click", $"c-{1 + (i % 3)}", null);
            await TakeInAsync(second, $"two-{i}-chat", $"other-{i}", "chat", null, "my card was declined abroad");
        }

        await TakeInAsync(second, "two-nora", "nora", "dismiss", before.Split(' ')[0], null);
        await Eventually.TrueAsync("the first API leaves out what was dismissed at the second", async () => !await OffersAsync(first));
        await Eventually.TrueAsync("and so does the second", async () => !await OffersAsync(second));

        await using var observer = world.Observe();
        await Eventually.TrueAsync("everything is projected", async () => await observer.OldestPendingAsync(Cancel) is null);
        await world.AssertEqualsCleanRebuildAsync();

        async Task<bool> OffersAsync(HttpClient api) => (await AskAsync(api, "nora")).Split(' ').Contains(before.Split(' ')[0]);
    }

    [Fact]
    public async Task A_client_that_retries_once_sees_no_error_and_nothing_is_lost_while_each_of_them_is_killed()
    {
        var world = await worlds.GetAsync(FaultTests.OnServers);
        await using var other = await world.StartAnotherApiAsync();
        ProductProcess[] apis = [world.Api, other];
        await using var balancer = new LoadBalancer(0, () => [.. apis.Select(api => new IPEndPoint(IPAddress.Loopback, api.Address.Port))]);
        await using var load = new Load("two-killed", balancer.Address, TimeSpan.FromMilliseconds(100), kafka: null, retries: 1);
        await using var observer = world.Observe();

        foreach (var victim in world.Workers.Concat(apis).Concat(apis))
        {
            var reads = load.Reads.Count;
            await Eventually.TrueAsync("the load goes on", () => Task.FromResult(load.Reads.Count >= reads + CallsBetweenKills));
            await victim.KillAndStartAgainAsync();
        }

        await load.StopAsync();

        Assert.All(load.Reads.Concat(load.Writes), call => Assert.Equal(200, call.Status));
        Assert.Empty(await observer.LostAsync(load.Acknowledged, Cancel));
        await Eventually.TrueAsync("everything is projected", async () => await observer.OldestPendingAsync(Cancel) is null, UntilProjected);
        Assert.Empty(await observer.DeadLettersAsync(Cancel));
        await world.AssertEqualsCleanRebuildAsync();
    }

    private static async Task<string> AskAsync(HttpClient api, string user)
    {
        var answer = await api.GetFromJsonAsync<JsonElement>($"/recommendations/{user}", Cancel);
        return string.Join(' ', answer.GetProperty("campaigns").EnumerateArray().Select(campaign => campaign.GetProperty("campaignId").GetString()));
    }

    private static async Task TakeInAsync(HttpClient api, string eventId, string userId, string type, string? campaignId, string? text)
    {
        using var response = await api.PostAsJsonAsync("/interactions", new { eventId, userId, type, campaignId, text, occurredAt = DateTimeOffset.UtcNow }, Cancel);
        response.EnsureSuccessStatusCode();
    }
}
