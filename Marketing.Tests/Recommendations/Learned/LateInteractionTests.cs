using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Recommendations.Learned;

/// <summary>An interaction with a time counts at that time, whenever it arrives.</summary>
public sealed class LateInteractionTests
{
    private static readonly string[] Words = ["holiday", "mortgage", "salary", "abroad", "garden", "student", "bicycle", "cash", "phone", "train", "house", "doctor", "winter", "child"];
    private static readonly string[] Texts = ["my card was declined", "card refused abroad", "open a savings account", "exchange rate for euros"];

    public static TheoryData<int, string> Worlds() =>
        [.. from seed in Enumerable.Range(1, 4) from strategy in (string[])["hybrid", "classic"] select (seed, strategy)];

    [Fact]
    public async Task Clicks_of_years_ago_that_are_sent_now_are_no_trend()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("old", "young");
        world.Receive(Clicks("young", 20, Sample.Noon.AddHours(-2)));
        await world.LearnAsync();
        world.Receive(Clicks("old", 40, new DateTimeOffset(2019, 5, 1, 0, 0, 0, TimeSpan.Zero)));
        await RefreshAsync(world);

        var answer = await world.AskAsync("unknown", explain: true);

        Assert.Equal(["young", "old"], answer.Campaigns.Select(campaign => campaign.CampaignId));
        Assert.True(answer.Campaigns[0].Evidence!.Contributions.ContainsKey("trending"));
        Assert.False(answer.Campaigns[1].Evidence!.Contributions.ContainsKey("trending"));
    }

    [Fact]
    public async Task What_is_dated_to_a_later_hour_counts_from_then_on()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("ahead", "young");
        world.Receive(Clicks("young", 20, Sample.Noon.AddHours(-2)));
        world.Receive(Clicks("ahead", 40, Sample.Noon.AddHours(3)));
        await world.LearnAsync();
        var now = await world.AskAsync("unknown", explain: true);
        world.Time.Advance(TimeSpan.FromHours(3));
        await RefreshAsync(world);
        var then = await world.AskAsync("unknown", explain: true);

        Assert.Equal(0, Engagement(now, "ahead").Interactions);
        Assert.DoesNotContain("trending", now.Campaigns.Single(campaign => campaign.CampaignId == "ahead").Evidence!.Contributions.Keys);
        Assert.Equal(40, Engagement(then, "ahead").Interactions);
        Assert.Contains("trending", then.Campaigns.Single(campaign => campaign.CampaignId == "ahead").Evidence!.Contributions.Keys);
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task A_history_that_arrives_late_and_in_any_order_gives_the_answers_of_a_rebuild(int seed, string strategy)
    {
        var random = new Random(seed);
        var history = Enumerable.Range(0, 400).Select(i => RandomInteraction(random, i)).ToArray();
        await using var rebuilt = await WorldAsync();
        await using var late = await WorldAsync();
        late.Receive(history.Where(interaction => interaction.OccurredAt > Sample.Noon.AddDays(-3)));
        await late.LearnAsync();
        _ = await late.AskAsync("u-1", strategy);
        random.Shuffle(history);
        foreach (var some in history.Where(interaction => interaction.OccurredAt <= Sample.Noon.AddDays(-3)).Chunk(50))
        {
            late.Receive(some);
            await late.LearnAsync();
        }

        rebuilt.Receive(history.OrderBy(interaction => interaction.OccurredAt));
        await rebuilt.LearnAsync();

        for (var user = 0; user <= 12; user++)
        {
            var expected = await rebuilt.AskAsync($"u-{user}", strategy, limit: 100, explain: true);
            var actual = await late.AskAsync($"u-{user}", strategy, limit: 100, explain: true);
            AssertSame(expected, actual);
        }
    }

    // Sums in a different order differ in the last digits.
    private static void AssertSame(Recommendation expected, Recommendation actual)
    {
        Assert.Equal(expected.Basis, actual.Basis);
        var byId = actual.Campaigns.ToDictionary(campaign => campaign.CampaignId);
        Assert.Equal(expected.Campaigns.Count, byId.Count);
        foreach (var campaign in expected.Campaigns)
        {
            var other = byId[campaign.CampaignId];
            Assert.Equal(campaign.Score, other.Score, 1e-4);
            Assert.Equal(campaign.Evidence!.Engagement, other.Evidence!.Engagement);
            Assert.Equal(campaign.Evidence.SimilarUsers, other.Evidence.SimilarUsers);
        }
    }

    private static EngagementEvidence Engagement(Recommendation answer, string campaign) =>
        answer.Campaigns.Single(one => one.CampaignId == campaign).Evidence!.Engagement!;

    private static async Task RefreshAsync(RecommenderWorld world)
    {
        await world.ProjectAsync();
        await world.Get<IModelRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<RecommenderWorld> WorldAsync()
    {
        var world = new RecommenderWorld();
        await world.PutAsync([.. Enumerable.Range(0, 8).Select(i => new Campaign(
            new CampaignId($"c-{i}"),
            $"Campaign {i}",
            Texts[i % Texts.Length],
            FrequencyCap: i % 3 == 0 ? new FrequencyCap(2, TimeSpan.FromDays(1)) : null))]);
        return world;
    }

    private static IEnumerable<Interaction> Clicks(string campaign, int count, DateTimeOffset at) =>
        Enumerable.Range(0, count).Select(i => new Interaction(
            new EventId($"{campaign}-{i}"), new UserId($"{campaign}-{i}"), InteractionType.Click, new CampaignId(campaign), null, at));

    private static Interaction RandomInteraction(Random random, int i)
    {
        var at = Sample.Noon - TimeSpan.FromMinutes(random.Next(4) * random.Next(random.Next(2) == 0 ? 2_000 : 60_000)) + TimeSpan.FromSeconds(random.Next(300));
        var (id, user) = (new EventId($"e-{i}"), new UserId($"u-{random.Next(12)}"));
        return random.Next(4) == 0
            ? new Interaction(id, user, InteractionType.Chat, null, $"{Texts[random.Next(Texts.Length)]} {string.Join(' ', random.GetItems(Words, 4))}", at)
            : new Interaction(
                id, user, random.Next(8) switch { < 4 => InteractionType.View, < 7 => InteractionType.Click, _ => InteractionType.Convert }, new CampaignId($"c-{random.Next(8)}"), null, at);
    }
}
