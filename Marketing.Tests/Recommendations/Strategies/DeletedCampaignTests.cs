using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Recommendations.Strategies;

/// <summary>Campaigns deleted from the catalog, and campaigns that were never in it.</summary>
public sealed class DeletedCampaignTests
{
    private const string Setting = "Recommender:Pipeline:UnlistedCampaigns";
    private static readonly string[] People = ["chatting", "silent", "unknown"];

    public static TheoryData<string, string> Settings() =>
        [.. from strategy in (string[])["hybrid", "classic"]
            from unlisted in (string[])["Never", "WithoutCatalog", "Always"]
            select (strategy, unlisted)];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_deleted_campaign_is_recommended_to_nobody_whatever_is_set(string strategy, string unlisted)
    {
        await using var world = await WorldAsync(unlisted);
        await DeleteAsync(world, "withdrawn");
        await AssertNobodyGetsItAsync(world, strategy);

        // Neither later interactions nor an empty catalog bring it back.
        world.Do("chatty", InteractionType.Convert, "withdrawn");
        world.Do("another", InteractionType.Click, "withdrawn");
        await world.LearnAsync();
        await AssertNobodyGetsItAsync(world, strategy);
        await DeleteAsync(world, "kept");
        await AssertNobodyGetsItAsync(world, strategy);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("classic")]
    public async Task When_all_campaigns_were_deleted_nothing_is_recommended(string strategy)
    {
        await using var world = await WorldAsync("WithoutCatalog");
        await DeleteAsync(world, "withdrawn");
        await DeleteAsync(world, "kept");

        foreach (var person in People)
        {
            Assert.Empty(await world.IdsAsync(person, strategy));
        }
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("classic")]
    public async Task A_campaign_that_is_put_again_is_recommended_again(string strategy)
    {
        await using var world = await WorldAsync("Never");
        await DeleteAsync(world, "withdrawn");
        await world.PutAsync("withdrawn");
        await world.LearnAsync();

        foreach (var person in People)
        {
            var answer = await world.AskAsync(person, strategy);
            Assert.Equal("Campaign withdrawn", answer.Campaigns.Single(campaign => campaign.CampaignId == "withdrawn").Name);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_campaign_that_the_catalog_never_had_is_recommended_where_the_setting_says_so(string strategy, string unlisted)
    {
        await using var world = await WorldAsync(unlisted);
        Assert.Equal(unlisted == "Always", (await world.IdsAsync("chatting", strategy, limit: 10)).Contains("unlisted"));

        await using var without = await WorldAsync(unlisted, catalog: false);
        Assert.Equal(unlisted != "Never", (await without.IdsAsync("chatting", strategy, limit: 10)).Contains("unlisted"));
        Assert.Equal(unlisted != "Never", (await without.IdsAsync("unknown", strategy, limit: 10)).Contains("unlisted"));
    }

    [Fact]
    public async Task Another_value_of_the_setting_is_refused_with_those_that_there_are()
    {
        await using var world = new RecommenderWorld((Setting, "Sometimes"));
        var refused = Assert.Throws<OptionsValidationException>(() => world.Get<IOptions<PipelineOptions>>().Value);
        Assert.Contains("Recommender:Pipeline:UnlistedCampaigns must be Never, WithoutCatalog or Always.", refused.Message, StringComparison.Ordinal);
    }

    private static async Task AssertNobodyGetsItAsync(RecommenderWorld world, string strategy)
    {
        foreach (var person in People)
        {
            var cached = await world.AskAsync(person, strategy, limit: 100, explain: true);
            var computed = await world.ComputeAsync(person, strategy, limit: 100);
            Assert.DoesNotContain("withdrawn", cached.Campaigns.Concat(computed.Campaigns).Select(campaign => campaign.CampaignId));
        }
    }

    private static async Task DeleteAsync(RecommenderWorld world, string campaign)
    {
        Assert.True(await world.Get<ICatalog>().DeleteCampaignAsync(new CampaignId(campaign), TestContext.Current.CancellationToken));
        await world.LearnAsync();
    }

    /// <summary>Returns a world where everyone would get "withdrawn" if it existed: by messages, interactions and popularity.</summary>
    private static async Task<RecommenderWorld> WorldAsync(string unlisted, bool catalog = true)
    {
        var world = new RecommenderWorld((Setting, unlisted));
        if (catalog)
        {
            await world.PutAsync("withdrawn", "kept");
        }

        for (var i = 0; i < 20; i++)
        {
            world.Do($"u-{i}", InteractionType.View, "withdrawn", "kept", "unlisted", "seed");
            world.Do($"u-{i}", InteractionType.Click, "withdrawn", "unlisted", "seed");
        }

        world.Say("chatty", "my card was declined");
        world.Do("chatty", InteractionType.Click, "withdrawn", "kept", "unlisted");
        world.Say("chatting", "my card was declined");
        world.Do("silent", InteractionType.Click, "seed");
        await world.LearnAsync();
        return world;
    }
}
