using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;

namespace Marketing.Tests.Recommendations.Strategies;

public sealed class HybridStrategyTests
{
    [Fact]
    public async Task What_similar_users_converted_on_leads_over_what_they_only_saw()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("seen", "wanted", "other");
        world.Say("a", "my card was declined abroad");
        world.Do("a", InteractionType.View, "seen", "seen", "seen");
        world.Do("a", InteractionType.Convert, "wanted");
        world.Say("me", "card declined abroad");
        await world.LearnAsync();

        var answer = await world.AskAsync("me", explain: true);

        Assert.Equal((RecommendationBasis.Chat, "wanted"), (answer.Basis, answer.Campaigns[0].CampaignId));
        Assert.StartsWith("1 person who said something similar clicked or converted", answer.Campaigns[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_similar_users_dismissed_sinks()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("annoying", "neutral");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Click, "annoying");
        world.Do("a", InteractionType.Dismiss, "annoying");
        world.Say("me", "my card was declined");
        await world.LearnAsync();

        Assert.Equal(["neutral", "annoying"], await world.IdsAsync("me"));
    }

    [Fact]
    public async Task A_campaign_that_nobody_touched_is_found_by_its_text()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync(
            new Campaign(new("c-1"), "Junior saver", "Open a savings account for your child with the first ten pounds on us"),
            new Campaign(new("c-2"), "Travel card", "Pay abroad without fees and never have your card declined on holiday"),
            new Campaign(new("c-3"), "Home loan", "A mortgage for your first house at a fixed rate"));
        world.Say("me", "will my card be declined when I am on holiday abroad?");
        await world.LearnAsync();

        var answer = await world.AskAsync("me");

        Assert.Equal((RecommendationBasis.Chat, "c-2"), (answer.Basis, answer.Campaigns[0].CampaignId));
        Assert.StartsWith("Related to what this person said", answer.Campaigns[0].Reason, StringComparison.Ordinal);
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

        var silent = await world.AskAsync("silent");
        var unknown = await world.AskAsync("unknown");

        Assert.Equal((RecommendationBasis.Behaviour, "b"), (silent.Basis, silent.Campaigns[0].CampaignId));
        Assert.Equal((RecommendationBasis.Popular, "c"), (unknown.Basis, unknown.Campaigns[0].CampaignId));
    }

    [Fact]
    public async Task A_campaign_that_left_the_catalog_is_not_recommended_any_more()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("gone", "kept");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Convert, "gone", "never listed");
        world.Say("me", "my card was declined");
        await world.Get<ICatalog>().DeleteCampaignAsync(new("gone"), TestContext.Current.CancellationToken);
        await world.LearnAsync();

        Assert.Equal(["kept"], await world.IdsAsync("me"));
    }

    [Fact]
    public async Task Where_there_is_no_catalog_what_people_touched_is_recommended()
    {
        await using var world = new RecommenderWorld();
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Convert, "unlisted");
        world.Say("me", "my card was declined");

        var answer = await world.AskAsync("me");

        Assert.Equal(("unlisted", null), (Assert.Single(answer.Campaigns).CampaignId, answer.Campaigns[0].Name));
        Assert.Empty(answer.Degraded);
    }

    [Fact]
    public async Task An_explanation_shows_the_users_the_edges_and_the_figures_that_it_came_from()
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync("cards");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.View, "cards", "cards");
        world.Do("a", InteractionType.Convert, "cards");
        world.Say("me", "my card was declined");
        await world.LearnAsync();

        var evidence = Assert.Single((await world.AskAsync("me", explain: true)).Campaigns).Evidence;

        var user = Assert.Single(evidence!.SimilarUsers);
        Assert.Equal(("a", 2, 0, 1), (user.UserId, user.Views, user.Clicks, user.Conversions));
        Assert.InRange(user.Similarity, 0.95, 1.0001);
        Assert.True(evidence.Contributions["similarUsers"] > 0);
        Assert.Equal((3, 2, 1), (evidence.Engagement!.Interactions, evidence.Engagement.Views, evidence.Engagement.Conversions));
        Assert.Null((await world.AskAsync("me")).Campaigns[0].Evidence);
    }
}
