using System.Globalization;
using System.Text.RegularExpressions;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Recall;

namespace Marketing.Tests.Recommendations.Recall;

/// <summary>Checks each reason against the evidence in the same answer and against the stores.</summary>
public sealed partial class ReasonTests
{
    private const int Users = 14;
    private static readonly string[] Texts =
        ["my card was declined", "card refused abroad", "open a savings account", "exchange rate for euros", "lost my phone", "a mortgage for a house"];

    public static TheoryData<int, string> Worlds() =>
        [.. from seed in Enumerable.Range(1, 8) from strategy in (string[])["hybrid", "classic"] select (seed, strategy)];

    [Theory]
    [InlineData(0, 1, 0, "; 1 click so far")]
    [InlineData(0, 2, 0, "; 2 clicks so far")]
    [InlineData(0, 3, 1, "; 1 conversion so far")]
    [InlineData(2, 3, 2, "; 2 conversions so far")]
    [InlineData(2, 3, 0, "; 3 clicks so far")]
    [InlineData(8, 2, 1, "; converts at 12.5%")]
    [InlineData(8, 2, 0, "; clicked at 25%")]
    [InlineData(10_000, 1, 0, "; clicked at less than 0.1%")]
    [InlineData(10_000, 1, 1, "; converts at less than 0.1%")]
    [InlineData(5, 0, 0, "")]
    [InlineData(0, 0, 0, "")]
    public void A_performance_is_told_in_figures_that_are_true(long views, long clicks, long conversions, string expected) =>
        Assert.Equal(expected, Reasons.Performance(new CampaignCount(new("c"), 0, views, clicks, conversions, 0)));

    [Theory]
    [InlineData("hybrid")]
    [InlineData("classic")]
    public async Task Before_anything_is_counted_nothing_is_claimed(string strategy)
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync([.. Texts.Index().Select(text => new Campaign(new($"c-{text.Index}"), "Name", text.Item))]);
        await world.LearnAsync();

        var answer = await world.AskAsync("unknown", strategy);

        Assert.NotEmpty(answer.Campaigns);
        Assert.All(answer.Campaigns, campaign => Assert.Equal("No interactions counted yet", campaign.Reason));
    }

    [Fact]
    public async Task What_similar_users_dismissed_is_not_said_to_be_about_what_was_said()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("card");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Dismiss, "card");
        world.Say("me", "my card was declined");
        await world.LearnAsync();

        var campaign = Assert.Single((await world.AskAsync("me", "classic", explain: true)).Campaigns);

        Assert.Equal("1 person who said something similar interacted with it", campaign.Reason);
        Assert.Equal(1, Assert.Single(campaign.Evidence!.SimilarUsers).Dismissals);
    }

    [Theory]
    [InlineData(InteractionType.View, "Goes with what this person has seen")]
    [InlineData(InteractionType.Chat, "Goes with what this person asked about")]
    [InlineData(InteractionType.Click, "Goes with what this person responded to")]
    [InlineData(InteractionType.Convert, "Goes with what this person responded to")]
    public async Task What_goes_with_behavior_names_the_behavior(InteractionType type, string expected)
    {
        await using var world = new RecommenderWorld(("Recommender:ItemItem:Lambda", "1"));
        await world.PutAsync("a", "b", "c");
        for (var i = 0; i < 10; i++)
        {
            world.Do($"u-{i}", InteractionType.Click, "a", "b");
            world.Do($"v-{i}", InteractionType.Click, "c");
        }

        world.Do("me", type, "a");
        await world.LearnAsync();

        foreach (var strategy in (string[])["hybrid", "classic"])
        {
            var reason = (await world.AskAsync("me", strategy)).Campaigns.Single(campaign => campaign.CampaignId == "b").Reason;
            Assert.StartsWith(expected, reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Whatever_happened_each_reason_says_what_the_figures_say(int seed, string strategy)
    {
        var random = new Random(seed);
        await using var world = new RecommenderWorld();
        await world.PutAsync([.. Enumerable.Range(0, 20).Select(i => new Campaign(new($"c-{i:00}"), $"Campaign {i}", Texts[random.Next(Texts.Length)]))]);
        for (var round = 0; round < 3; round++)
        {
            await AssertAllAsync(world, strategy);
            Live(world, random, 80);
            await world.LearnAsync();
            Live(world, random, 10);
            await world.ProjectAsync();
            await world.Get<IModelRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
            await AssertAllAsync(world, strategy);
            world.Time.Advance(TimeSpan.FromHours(random.Next(60)));
        }
    }

    private static void Live(RecommenderWorld world, Random random, int interactions)
    {
        for (var i = 0; i < interactions; i++)
        {
            var user = $"u-{random.Next(Users)}";
            if (random.Next(4) == 0)
            {
                world.Say(user, Texts[random.Next(Texts.Length)]);
                continue;
            }

            // No one ever interacts with the last campaign.
            var type = random.Next(12) switch
            {
                < 6 => InteractionType.View,
                < 9 => InteractionType.Click,
                9 => InteractionType.Chat,
                10 => InteractionType.Convert,
                _ => InteractionType.Dismiss,
            };
            world.Do(user, type, $"c-{random.Next(17):00}");
        }
    }

    private static async Task AssertAllAsync(RecommenderWorld world, string strategy)
    {
        var counts = (await world.Get<IEngagementStore>().CountsAsync(null, TestContext.Current.CancellationToken)).ToDictionary(count => count.CampaignId.Value);
        for (var user = 0; user <= Users; user++)
        {
            var answer = await world.AskAsync($"u-{user}", strategy, limit: 100, explain: true);
            foreach (var campaign in answer.Campaigns)
            {
                Assert.True(double.IsFinite(campaign.Score) && campaign.Score >= 0);
                var own = await world.Get<IInteractionGraph>().EdgesAsync([new UserId($"u-{user}")], int.MaxValue, TestContext.Current.CancellationToken);
                AssertTrue(campaign, counts.GetValueOrDefault(campaign.CampaignId), [.. own.Where(edge => edge.Dismissals == 0)]);
            }
        }
    }

    private static void AssertTrue(RecommendedCampaign campaign, CampaignCount stored, CampaignEdge[] own)
    {
        var evidence = campaign.Evidence!;
        var engagement = evidence.Engagement!;
        Assert.Equal(
            (stored.Total, stored.Views, stored.Clicks, stored.Conversions),
            (engagement.Interactions, engagement.Views, engagement.Clicks, engagement.Conversions));

        var parts = campaign.Reason.Split("; ");
        var performs = parts[^1];
        if (Figure(Converts(), performs) is { } converts)
        {
            Assert.Equal(Math.Round(100.0 * engagement.Conversions / engagement.Views, 1, MidpointRounding.AwayFromZero), converts);
        }
        else if (Figure(Clicked(), performs) is { } clicked)
        {
            Assert.Equal(0, engagement.Conversions);
            Assert.Equal(Math.Round(100.0 * engagement.Clicks / engagement.Views, 1, MidpointRounding.AwayFromZero), clicked);
        }
        else if (Figure(Conversions(), performs) is { } conversions)
        {
            Assert.Equal(engagement.Conversions, conversions);
        }
        else if (Figure(Clicks(), performs) is { } clicks)
        {
            Assert.Equal((0, engagement.Clicks), (engagement.Conversions, clicks));
        }
        else
        {
            Assert.Equal(0, engagement.Clicks + engagement.Conversions);
        }

        var turnedTo = evidence.SimilarUsers.Where(user => user.Dismissals == 0).ToList();
        var why = parts[0];
        if (Figure(Responded(), why) is { } responded)
        {
            Assert.Equal(turnedTo.Count(user => user.Clicks + user.Conversions > 0), responded);
        }
        else if (Figure(Touched(), why) is { } touched)
        {
            Assert.Equal((turnedTo.Count, 0), (touched, turnedTo.Count(user => user.Clicks + user.Conversions > 0)));
        }
        else if (Figure(Interacted(), why) is { } interacted)
        {
            Assert.Empty(turnedTo);
            Assert.Equal(evidence.SimilarUsers.Count, interacted);
        }
        else if (Figure(Shown(), why) is { } shown)
        {
            Assert.Equal((engagement.Views, 0, 0), (shown, engagement.Clicks, engagement.Conversions));
        }
        else
        {
            Assert.True(IsTrue(why, evidence, engagement, own), $"\"{campaign.Reason}\" of {evidence}, {engagement}");
        }
    }

    private static bool IsTrue(string why, RecommendationEvidence evidence, EngagementEvidence engagement, CampaignEdge[] own)
    {
        bool Gave(params string[] sources) => sources.Any(source => evidence.Contributions.GetValueOrDefault(source) > 0);
        return why switch
        {
            "Related to what this person said" => Gave("campaignMeaning", "customerWords") && evidence.SimilarUsers.All(user => user.Dismissals > 0),
            "Goes with what this person responded to" => Gave("behaviour") && own.Any(edge => edge.Clicks + edge.Conversions > 0),
            "Goes with what this person asked about" => Gave("behaviour") && own.Any(edge => edge.Chats > 0),
            "Goes with what this person has seen" => Gave("behaviour") && own.Any(edge => edge.Views > 0),
            "More activity than usual in the last day" => Gave("trending"),
            "New" => engagement.Interactions == 0 && Gave("popular"),
            "No interactions counted yet" => engagement.Interactions == 0,
            "Performs above average" => engagement.Clicks + engagement.Conversions > 0 && engagement.Rate > engagement.AverageRate,
            "Gets some responses" => engagement.Clicks + engagement.Conversions > 0,
            "No clicks yet" => engagement is { Interactions: > 0, Views: 0, Clicks: 0, Conversions: 0 },
            _ => false,
        };
    }

    private static double? Figure(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^converts at ([0-9.]+)%$")]
    private static partial Regex Converts();

    [GeneratedRegex(@"^clicked at ([0-9.]+)%$")]
    private static partial Regex Clicked();

    [GeneratedRegex(@"^((?<!\d)1(?= conversion so far$)|\d+(?= conversions so far$))")]
    private static partial Regex Conversions();

    [GeneratedRegex(@"^((?<!\d)1(?= click so far$)|\d+(?= clicks so far$))")]
    private static partial Regex Clicks();

    [GeneratedRegex(@"^(\d+) (?:person who said something similar|people who said similar things) clicked or converted$")]
    private static partial Regex Responded();

    [GeneratedRegex(@"^(\d+) (?:person who said something similar|people who said similar things) saw it or asked about it$")]
    private static partial Regex Touched();

    [GeneratedRegex(@"^(\d+) (?:person who said something similar|people who said similar things) interacted with it$")]
    private static partial Regex Interacted();

    [GeneratedRegex(@"^Shown (1(?= time,)|\d+(?= times,)) times?, no clicks yet$")]
    private static partial Regex Shown();
}
