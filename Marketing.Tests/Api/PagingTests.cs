using System.Text;
using System.Text.Json;
using Marketing.Api.Analytics;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>Pages add up to the whole list, and cursors cannot be guessed.</summary>
public sealed class PagingTests(ApiServer server) : IClassFixture<ApiServer>
{
    private readonly HttpClient _client = server.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_that_rises_between_two_pages_is_listed_once()
    {
        await server.TakeInAsync(_client, Views("rise", ("rise-1", 6), ("rise-2", 5), ("rise-3", 4), ("rise-4", 3), ("rise-5", 2)));
        var page = await PageAsync("/analytics/campaigns?window=7d&limit=2");
        var since = page.Since;
        List<string> listed = [.. page.Ids];
        while (page.Next is not null)
        {
            await server.TakeInAsync(_client, Views($"after-{listed.Count}", ("rise-5", 10), ("rise-3", 8), ("rise-1", 1)));
            page = await PageAsync($"/analytics/campaigns?window=7d&limit=2&cursor={page.Next}");
            listed.AddRange(page.Ids);
            Assert.Equal(since, page.Since);
        }

        Assert.Equal(["rise-1", "rise-2", "rise-3", "rise-4", "rise-5"], listed.Where(id => id.StartsWith("rise-", StringComparison.Ordinal)));
        Assert.Equal(listed.Distinct(), listed);
        Assert.Equal("rise-5", (await PageAsync("/analytics/campaigns?window=7d&limit=1")).Ids[0]);
    }

    [Fact]
    public async Task A_listing_that_is_no_longer_kept_goes_on_without_listing_anything_twice()
    {
        var engagement = server.Services.GetRequiredService<IEngagementStore>();
        await engagement.RecordAsync([.. Enumerable.Range(0, 10).SelectMany(campaign => Enumerable.Range(0, 10 - campaign).Select(view =>
            new EngagementFact(new EventId($"kept-{campaign}-{view}"), new UserId("u"), new CampaignId($"kept-{campaign}"), InteractionType.View,
                DateTimeOffset.UnixEpoch)))], Cancellation);
        var (items, next) = await new CampaignRankings(engagement, TimeProvider.System).PageAsync(null, null, 3, Cancellation);
        HashSet<CampaignId> seen = [.. items.Select(item => item.CampaignId)];
        while (next is not null)
        {
            (items, next) = await new CampaignRankings(engagement, TimeProvider.System)
                .PageAsync(null, RankingPosition.Parse(next.ToString()), 3, Cancellation);
            Assert.All(items, item => Assert.True(seen.Add(item.CampaignId)));
        }

        Assert.Equal((await engagement.CountsAsync(null, Cancellation)).Count, seen.Count);
    }

    [Fact]
    public async Task Since_tells_what_a_window_counts()
    {
        var since = (await PageAsync("/analytics/campaigns?window=1m")).Since!.Value;
        Assert.Equal((0, 0), (since.Minute, since.Second));
        await server.TakeInAsync(_client, $$"""
            [{"userId":"since","type":"view","campaignId":"since-in","occurredAt":"{{since:O}}"},
             {"userId":"since","type":"view","campaignId":"since-out","occurredAt":"{{since.AddMilliseconds(-1):O}}"}]
            """);
        var page = await PageAsync("/analytics/campaigns?window=1m&limit=1000");
        Assert.SkipUnless(page.Since == since, "The hour has just turned.");
        Assert.Contains("since-in", page.Ids);
        Assert.DoesNotContain("since-out", page.Ids);
    }

    [Fact]
    public void A_campaign_that_did_not_change_is_no_trend_when_the_window_is_longer_than_the_one_before()
    {
        static CampaignCount Clicks(long clicks) => new(new CampaignId("steady"), 0, 0, clicks, 0, 0);
        Assert.Empty(Trend.Of([Clicks(190)], [Clicks(290)], share: 1.9 / 2.9));
        Assert.NotEmpty(Trend.Of([Clicks(190)], [Clicks(290)]));
    }

    [Theory]
    [InlineData("/campaigns?cursor=")]
    [InlineData("/analytics/campaigns?cursor=")]
    [InlineData("/users/u/interactions?cursor=")]
    [InlineData("/admin/dead-letters?cursor=")]
    public async Task A_cursor_that_no_page_of_the_list_gave_is_refused(string address)
    {
        await ApiServer.ReadAsync(await GetAsync(address), 200);
        foreach (var id in new[] { "cursor-a", "cursor-b" })
        {
            using var body = new StringContent("""{"name":"n"}""", Encoding.UTF8, "application/json");
            using var put = await _client.PutAsync(new Uri($"/campaigns/{id}", UriKind.Relative), body, Cancellation);
        }

        var ours = (await PageAsync("/campaigns?limit=1")).Next!;
        foreach (var cursor in new[] { "zzzz", "1", "MQ", "YWJj", "AAAAAAAAAAAAAAAAAAAA", "%FF", "a%20b", "%00", ours[..^1], $"{ours}A", $"{ours}=", $"%20{ours}" })
        {
            await ApiServer.ReadProblemAsync(await GetAsync($"{address}{cursor}"), 400, "cursor");
        }

        await ApiServer.ReadAsync(await GetAsync($"/campaigns?cursor={ours}"), 200);
        if (!address.StartsWith("/campaigns", StringComparison.Ordinal))
        {
            await ApiServer.ReadProblemAsync(await GetAsync($"{address}{ours}"), 400, "cursor");
        }
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_window_and_its_user()
    {
        await server.TakeInAsync(_client, Views("own", ("own-1", 2), ("own-2", 2)));
        var page = await PageAsync("/analytics/campaigns?window=7d&limit=1");
        await ApiServer.ReadAsync(await GetAsync($"/analytics/campaigns?window=7d&limit=3&cursor={page.Next}"), 200);
        await ApiServer.ReadProblemAsync(await GetAsync($"/analytics/campaigns?window=8d&cursor={page.Next}"), 400, "cursor");
        await ApiServer.ReadProblemAsync(await GetAsync($"/analytics/campaigns?cursor={page.Next}"), 400, "cursor");
        var cursor = (await PageAsync("/users/own-own-1-0/interactions?limit=1")).Next ?? (await TwoAsync());
        await ApiServer.ReadProblemAsync(await GetAsync($"/users/somebody-else/interactions?cursor={cursor}"), 400, "cursor");

        async Task<string?> TwoAsync()
        {
            await server.TakeInAsync(_client, """[{"userId":"two","type":"chat","text":"one"},{"userId":"two","type":"chat","text":"two"}]""");
            return (await PageAsync("/users/two/interactions?limit=1")).Next;
        }
    }

    private static string Views(string round, params (string Campaign, int Count)[] views) => JsonSerializer.Serialize(
        views.SelectMany(view => Enumerable.Range(0, view.Count).Select(index => new
        {
            eventId = $"{round}-{view.Campaign}-{index}",
            userId = $"{round}-{view.Campaign}-{index}",
            type = "view",
            campaignId = view.Campaign,
        })));

    private async Task<(List<string> Ids, string? Next, DateTimeOffset? Since)> PageAsync(string address)
    {
        var page = await ApiServer.ReadAsync(await GetAsync(address), 200);
        return (
            [.. page.GetProperty("items").EnumerateArray().Select(item =>
                (item.TryGetProperty("campaignId", out var id) ? id : item.GetProperty("eventId")).GetString()!)],
            page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null,
            page.TryGetProperty("since", out var since) ? since.GetDateTimeOffset() : null);
    }

    private Task<HttpResponseMessage> GetAsync(string address) => _client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
}
