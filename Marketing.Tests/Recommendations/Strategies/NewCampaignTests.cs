using Marketing.Domain;
using Marketing.Recommendations.Answers;

namespace Marketing.Tests.Recommendations.Strategies;

/// <summary>Cold-start campaigns, for users without messages.</summary>
public sealed class NewCampaignTests
{
    private static readonly Campaign[] Old =
    [
        new(new("old dog"), "Puppy food", "Dog food and treats for puppies"),
        new(new("old home"), "Home loan", "A mortgage for your first house at a fixed rate"),
    ];

    private static readonly Campaign[] New =
    [
        new(new("new a"), "First home", "A fixed rate mortgage for first time buyers of a house"),
        new(new("new b"), "Dog treats", "Treats for your dog, and food for puppies"),
    ];

    [Fact]
    public async Task A_new_campaign_starts_with_the_rate_of_those_about_the_same()
    {
        await using var world = await WorldAsync(
            users: 40, likesDogs: user => user % 2 == 0, likesHomes: user => user % 20 == 1);

        var answer = await world.AskAsync("unknown", explain: true);

        var places = answer.Campaigns.ToDictionary(campaign => campaign.CampaignId);
        Assert.Equal(RecommendationBasis.Popular, answer.Basis);
        Assert.True(places["new b"].Score > places["new a"].Score);
        Assert.True(places["new b"].Evidence!.Engagement!.Rate > places["new a"].Evidence!.Engagement!.Rate);
        Assert.Equal("New; ranked by how similar campaigns perform", places["new b"].Reason);
    }

    [Theory]
    [InlineData("old dog", "new b")]
    [InlineData("old home", "new a")]
    public async Task Who_turned_to_a_campaign_gets_the_new_one_about_the_same(string turnedTo, string expected)
    {
        await using var world = new RecommenderWorld();
        await world.PutAsync([.. Old, .. New]);
        world.Do("dog lover", InteractionType.Convert, "old dog");
        world.Do("home buyer", InteractionType.Convert, "old home");
        world.Do("me", InteractionType.Convert, turnedTo);
        await world.LearnAsync();

        var answer = await world.AskAsync("me");

        Assert.Equal(RecommendationBasis.Behaviour, answer.Basis);
        Assert.Equal(expected, answer.Campaigns.First(campaign => campaign.CampaignId.StartsWith("new", StringComparison.Ordinal)).CampaignId);
    }

    [Fact]
    public async Task Its_own_exposures_soon_outweigh_what_is_said_of_those_about_the_same()
    {
        await using var world = await WorldAsync(users: 40, likesDogs: user => user % 2 == 0, likesHomes: user => user % 20 == 1);
        for (var user = 0; user < 400; user++)
        {
            world.Do($"later {user}", InteractionType.View, "new a", "new b");
            world.Do($"later {user}", user % 3 == 0 ? InteractionType.Convert : InteractionType.View, "new a");
        }

        await world.LearnAsync();

        var places = (await world.AskAsync("unknown")).Campaigns.Select(campaign => campaign.CampaignId).ToList();
        Assert.True(places.IndexOf("new a") < places.IndexOf("new b"));
    }

    private static async Task<RecommenderWorld> WorldAsync(int users, Func<int, bool> likesDogs, Func<int, bool> likesHomes)
    {
        var world = new RecommenderWorld();
        await world.PutAsync([.. Old, .. New]);
        for (var user = 0; user < users; user++)
        {
            world.Do($"user {user}", InteractionType.View, "old dog", "old home");
            world.Do($"user {user}", likesDogs(user) ? InteractionType.Convert : InteractionType.View, "old dog");
            world.Do($"user {user}", likesHomes(user) ? InteractionType.Convert : InteractionType.View, "old home");
        }

        await world.LearnAsync();
        return world;
    }
}
