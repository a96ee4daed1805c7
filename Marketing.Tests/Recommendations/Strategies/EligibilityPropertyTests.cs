using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Recommendations.Strategies;

public sealed class EligibilityPropertyTests
{
    private const int Users = 12;
    private static readonly string[] Texts =
        ["my card was declined", "card refused abroad", "open a savings account", "exchange rate for euros", "lost my phone", "???"];

    public static TheoryData<int, string> Worlds() => [.. from seed in Enumerable.Range(1, 6) from strategy in (string[])["hybrid", "classic"] select (seed, strategy)];

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Whatever_happened_no_user_is_shown_what_they_must_not_see(int seed, string strategy)
    {
        var random = new Random(seed);
        await using var world = new RecommenderWorld();
        var campaigns = Enumerable.Range(0, 25).Select(i => RandomCampaign(random, i)).ToDictionary(campaign => campaign.Id.Value);
        await world.PutAsync([.. campaigns.Values]);
        await LiveAsync(world, random);
        await world.LearnAsync();

        for (var user = 0; user <= Users; user++)
        {
            var limit = random.Next(1, 30);
            var answer = await world.ComputeAsync($"u-{user}", strategy, limit);

            Assert.Empty(answer.Degraded);
            Assert.InRange(answer.Campaigns.Count, 0, limit);
            Assert.Equal(answer.Campaigns.Count, answer.Campaigns.DistinctBy(campaign => campaign.CampaignId).Count());
            AssertOrdered(answer, campaigns);
            foreach (var campaign in answer.Campaigns)
            {
                Assert.Null(await WhyNotAsync(world, new UserId($"u-{user}"), new CampaignId(campaign.CampaignId), campaigns, strategy));
            }

            var again = await world.ComputeAsync($"u-{user}", strategy, limit);
            Assert.Equal(answer.Campaigns, again.Campaigns);
        }
    }

    private static Campaign RandomCampaign(Random random, int i)
    {
        DateTimeOffset? RandomTime(double likely) => random.NextDouble() < likely ? Sample.Noon.AddHours(random.Next(-24, 48)) : null;
        return new Campaign(
            new CampaignId($"c-{i:00}"),
            $"Campaign {i}",
            Texts[random.Next(Texts.Length)],
            RandomTime(0.3),
            RandomTime(0.3),
            random.Next(4) == 0 ? new Dictionary<string, IReadOnlyList<string>> { ["segment"] = ["student", "family"] } : null,
            random.Next(3) == 0 ? new FrequencyCap(random.Next(1, 4), TimeSpan.FromMinutes(random.Next(1, 600))) : null);
    }

    private static async Task LiveAsync(RecommenderWorld world, Random random)
    {
        for (var user = 0; user < Users; user++)
        {
            if (random.Next(2) == 0)
            {
                var segment = new Dictionary<string, string> { ["segment"] = random.Next(2) == 0 ? "student" : "retired" };
                await world.Get<ICatalog>().PutUserAsync(new UserProfile(new UserId($"u-{user}"), segment), TestContext.Current.CancellationToken);
            }
        }

        for (var i = 0; i < 300; i++)
        {
            var user = $"u-{random.Next(Users)}";
            if (random.Next(4) == 0)
            {
                world.Say(user, Texts[random.Next(Texts.Length)]);
                continue;
            }

            // c-25 and c-26 are not in the catalog.
            var type = random.Next(10) switch { < 5 => InteractionType.View, < 8 => InteractionType.Click, 8 => InteractionType.Convert, _ => InteractionType.Dismiss };
            world.Do(user, type, $"c-{random.Next(27):00}");
        }
    }

    private static void AssertOrdered(Recommendation answer, Dictionary<string, Campaign> campaigns)
    {
        foreach (var (better, worse) in answer.Campaigns.Zip(answer.Campaigns.Skip(1)))
        {
            var listed = campaigns.ContainsKey(better.CampaignId) && campaigns.ContainsKey(worse.CampaignId);
            Assert.True(
                better.Score > worse.Score
                || (better.Score == worse.Score && (!listed || string.CompareOrdinal(better.CampaignId, worse.CampaignId) < 0)));
        }
    }

    // Reimplements the rules from the stores, independently of the product.
    private static async Task<string?> WhyNotAsync(
        RecommenderWorld world, UserId user, CampaignId id, Dictionary<string, Campaign> campaigns, string strategy)
    {
        var now = world.Time.GetUtcNow();
        var edges = await world.Get<IInteractionLog>().EdgesAsync([(user, id)], TestContext.Current.CancellationToken);
        var edge = edges.SingleOrDefault();
        if (edge?.Conversions > 0 || edge?.Dismissals > 0)
        {
            return "settled";
        }

        if (!campaigns.TryGetValue(id.Value, out var campaign))
        {
            return strategy == "hybrid" ? "not in the catalogue" : null;
        }

        if (now < (campaign.StartsAt ?? now) || (campaign.EndsAt is { } end && now >= end))
        {
            return "not active";
        }

        var profile = await world.Get<ICatalog>().FindUserAsync(user, TestContext.Current.CancellationToken);
        if (campaign.Audience is not null && profile?.Attributes["segment"] != "student")
        {
            return "not in the audience";
        }

        var recent = edge?.RecentViews.Count(at => at > now - campaign.FrequencyCap?.Window) ?? 0;
        return recent >= campaign.FrequencyCap?.MaxViews ? "shown too often" : null;
    }
}
