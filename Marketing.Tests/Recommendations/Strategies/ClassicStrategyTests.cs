using Marketing.Domain;
using Marketing.Recommendations.Answers;

namespace Marketing.Tests.Recommendations.Strategies;

public sealed class ClassicStrategyTests
{
    [Fact]
    public async Task It_follows_the_five_most_similar_users_to_their_campaigns_by_total_interactions()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("travel", "cards", "loans", "savings");
        string[] near = ["my card was declined abroad", "card declined on holiday abroad", "why was my card declined",
            "card payment declined in another country", "declined card while abroad"];
        foreach (var (i, text) in near.Index())
        {
            world.Say($"near-{i}", text);
        }

        world.Say("far", "how do I open a savings account for my child");
        world.Do("near-0", InteractionType.Click, "cards", "travel");
        world.Do("near-3", InteractionType.View, "cards", "cards");
        world.Do("near-4", InteractionType.Click, "loans");
        world.Do("far", InteractionType.Convert, "savings");
        // This user never chatted but still affects the ranking, because totals are over all users.
        world.Do("silent", InteractionType.Click, "travel", "travel", "travel");
        world.Say("me", "my card got declined abroad");
        await world.LearnAsync();

        var answer = await world.AskAsync("me", "classic");

        Assert.Equal(RecommendationBasis.Chat, answer.Basis);
        Assert.Equal(["travel", "cards", "loans"], answer.Campaigns.Select(campaign => campaign.CampaignId));
        Assert.Equal([4.0, 3.0, 1.0], answer.Campaigns.Select(campaign => campaign.Score));
        Assert.Empty(answer.Degraded);
    }

    [Fact]
    public async Task Only_the_last_message_decides()
    {
        await using var world = new RecommenderWorld(("Recommender:Classic:SimilarUsers", "1"));
        await world.PutAsync("cards", "savings");
        world.Say("a", "my card was declined");
        world.Say("b", "open a savings account");
        world.Do("a", InteractionType.Click, "cards");
        world.Do("b", InteractionType.Click, "savings");
        world.Say("me", "my card was declined");
        world.Say("me", "I want to open a savings account");
        await world.LearnAsync();

        Assert.Equal(["savings"], await world.IdsAsync("me", "classic"));
    }

    [Fact]
    public async Task A_talkative_user_is_one_similar_user()
    {
        await using var world = new RecommenderWorld(("Recommender:Classic:SimilarUsers", "2"));
        await world.PutAsync("cards", "pins");
        for (var i = 0; i < 12; i++)
        {
            world.Say("talkative", $"my card was declined {i} times");
        }

        world.Say("other", "my card has been refused");
        world.Do("talkative", InteractionType.Click, "cards");
        world.Do("other", InteractionType.Click, "pins");
        world.Say("me", "my card was declined");
        await world.LearnAsync();

        Assert.Equal(["cards", "pins"], await world.IdsAsync("me", "classic"));
    }

    [Fact]
    public async Task Campaigns_that_are_not_in_the_catalog_are_followed_too_where_a_setting_says_so()
    {
        await using var world = new RecommenderWorld(("Recommender:Pipeline:UnlistedCampaigns", "Always"));
        await world.PutAsync("cards");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Click, "unlisted");
        world.Say("me", "my card was declined");

        var campaign = Assert.Single((await world.AskAsync("me", "classic")).Campaigns);

        Assert.Equal(("unlisted", null), (campaign.CampaignId, campaign.Name));
    }

    [Fact]
    public async Task Without_a_chat_behaviour_decides_and_an_unknown_user_gets_what_is_popular()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("a", "b", "c");
        for (var i = 0; i < 20; i++)
        {
            world.Do($"u-{i}", InteractionType.Click, "a", "b");
            world.Do($"v-{i}", InteractionType.Convert, "c");
        }

        world.Do("silent", InteractionType.Click, "a");
        await world.LearnAsync();

        var silent = await world.AskAsync("silent", "classic");
        var unknown = await world.AskAsync("unknown", "classic");

        Assert.Equal((RecommendationBasis.Behaviour, "b"), (silent.Basis, silent.Campaigns[0].CampaignId));
        Assert.Equal((RecommendationBasis.Popular, "c"), (unknown.Basis, unknown.Campaigns[0].CampaignId));
    }
}
