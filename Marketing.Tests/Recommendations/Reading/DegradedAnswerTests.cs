using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recommendations.Reading;

public sealed class DegradedAnswerTests
{
    public static TheoryData<string, string, string> Failures() =>
        [.. from store in (string[])["vectors", "graph", "engagement", "catalog"]
            from health in (string[])["Throws", "Hangs"]
            from strategy in (string[])["hybrid", "classic"]
            select (store, health, strategy)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_store_that_is_down_from_the_start_costs_its_contribution_and_not_the_answer(string store, string health, string strategy)
    {
        var state = Health.Well;
        await using var world = new RecommenderWorld(services => Decorate(services, store, () => state));
        await FillAsync(world);
        state = Enum.Parse<Health>(health);

        var answer = await world.ComputeAsync("me", strategy).WhileTimePasses(world.Time);

        Assert.Equal([store], answer.Degraded);
        if (store != "vectors" && (store, strategy) != ("graph", "classic"))
        {
            Assert.NotEmpty(answer.Campaigns);
        }

        state = Health.Well;
        world.Time.Advance(TimeSpan.FromSeconds(31));
        await world.LearnAsync();
        Assert.Empty((await world.ComputeAsync("me", strategy)).Degraded);
    }

    [Theory]
    [InlineData("engagement")]
    [InlineData("catalog")]
    public async Task A_store_that_goes_down_later_leaves_what_was_read_and_is_named(string store)
    {
        var state = Health.Well;
        await using var world = new RecommenderWorld(services => Decorate(services, store, () => state));
        await FillAsync(world);
        await world.LearnAsync();
        var before = await world.ComputeAsync("me");
        state = Health.Throws;
        await Assert.ThrowsAsync<IOException>(world.LearnAsync);

        var answer = await world.ComputeAsync("me");

        Assert.Equal([store], answer.Degraded);
        Assert.Equal(before.Campaigns, answer.Campaigns);
    }

    [Fact]
    public async Task When_every_store_is_down_there_is_an_empty_answer_that_says_so()
    {
        var state = Health.Throws;
        await using var world = new RecommenderWorld(services =>
        {
            foreach (var store in (string[])["vectors", "graph", "engagement", "catalog"])
            {
                Decorate(services, store, () => state);
            }
        });

        var answer = await world.AskAsync("me");

        Assert.Empty(answer.Campaigns);
        Assert.Equal(RecommendationBasis.Popular, answer.Basis);
        Assert.Equal(["vectors", "graph", "engagement", "catalog"], answer.Degraded);
    }

    [Fact]
    public async Task A_degraded_answer_is_forgotten_after_a_second()
    {
        var state = Health.Throws;
        await using var world = new RecommenderWorld(
            services => Unreliable.Decorate<IVectorIndex>(services, () => state));
        await world.PutAsync("a");
        await world.Get<IModelRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["vectors"], (await world.AskAsync("me")).Degraded);

        state = Health.Well;

        Assert.Equal(["vectors"], (await world.AskAsync("me")).Degraded);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty((await world.AskAsync("me")).Degraded);
    }

    private static void Decorate(IServiceCollection services, string store, Func<Health> health)
    {
        switch (store)
        {
            case "vectors":
                Unreliable.Decorate<IVectorIndex>(services, health);
                break;
            case "graph":
                Unreliable.Decorate<IInteractionGraph>(services, health);
                break;
            case "engagement":
                Unreliable.Decorate<IEngagementStore>(services, health);
                break;
            default:
                Unreliable.Decorate<ICatalog>(services, health);
                break;
        }
    }

    private static async Task FillAsync(RecommenderWorld world)
    {
        await world.PutAsync("cards", "savings");
        world.Say("a", "my card was declined");
        world.Do("a", InteractionType.Click, "cards", "savings");
        world.Say("me", "my card was declined");
        await world.ProjectAsync();
    }
}
