using System.Net.Http.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Strategies;
using Marketing.Tests.Api;
using Marketing.Tests.Contracts;
using Marketing.Tests.Documentation.Examples;
using Marketing.Tests.Recommendations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketing.Tests.Documentation;

/// <summary>The examples of docs/extending.md take effect in the product.</summary>
public sealed class ExtensionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_example_source_lifts_what_started_recently_and_gives_its_reason()
    {
        await using var world = new RecommenderWorld(AddNewest, ("Recommender:Hybrid:Newest:Weight", "1"));
        await world.PutAsync(Started("a-old", days: 300), Started("b-new", days: 1));
        await world.LearnAsync();

        var answer = await world.AskAsync("anyone", explain: true);

        Assert.Equal(["b-new", "a-old"], answer.Campaigns.Select(campaign => campaign.CampaignId));
        Assert.StartsWith("Started recently", answer.Campaigns[0].Reason, StringComparison.Ordinal);
        Assert.True(answer.Campaigns[0].Evidence!.Contributions["newest"] > 0);
    }

    [Fact]
    public async Task The_example_source_changes_nothing_until_it_has_a_weight()
    {
        await using var world = new RecommenderWorld(AddNewest);
        await world.PutAsync(Started("a-old", days: 300), Started("b-new", days: 1));

        Assert.Equal(["a-old", "b-new"], await world.IdsAsync("anyone"));
    }

    [Fact]
    public async Task The_example_strategy_answers_by_its_name_and_leaves_out_what_is_not_eligible()
    {
        await using var world = new RecommenderWorld(AddNewest);
        await world.PutAsync(Started("a-old", days: 300), Started("b-new", days: 1), Started("c-done", days: 0), Started("d-future", days: -1));
        world.Do("me", InteractionType.Convert, "c-done");
        await world.LearnAsync();

        var answer = await world.AskAsync("me", "newest");

        Assert.Equal(["b-new", "a-old"], answer.Campaigns.Select(campaign => campaign.CampaignId));
        Assert.Equal(("newest", RecommendationBasis.Popular), (answer.Strategy, answer.Basis));
        Assert.Empty(answer.Degraded);
    }

    [Fact]
    public async Task The_example_adapter_serves_the_recommender()
    {
        var graph = new InMemoryGraph();
        await using var world = new RecommenderWorld(services => services.Replace(ServiceDescriptor.Singleton<IInteractionGraph>(graph)));
        await world.PutAsync("seen", "other");
        world.Do("me", InteractionType.Dismiss, "seen");
        await world.LearnAsync();

        Assert.Equal(["other"], await world.IdsAsync("me"));
        Assert.Equal(1, await graph.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_example_endpoint_is_served_by_the_API()
    {
        await using var server = new ServerWithTotals();
        var client = server.CreateClient();
        await server.TakeInAsync(client, """{"userId":"a","type":"view","campaignId":"c-1"}""");

        var totals = await client.GetFromJsonAsync<TotalsResponse>(new Uri("/totals", UriKind.Relative), Cancellation);

        Assert.Equal(1, totals!.Interactions);
    }

    [Fact]
    public async Task The_example_projection_follows_the_log_and_can_be_rebuilt_checked_and_repaired()
    {
        await using var world = new RecommenderWorld(services => services
            .AddSingleton<OutcomeProjection>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<OutcomeProjection>()));
        var projection = world.Get<OutcomeProjection>();
        world.Do("a", InteractionType.Convert, "c-1", "c-2");
        world.Do("a", InteractionType.View, "c-3");
        world.Do("b", InteractionType.Convert, "c-1");
        await world.ProjectAsync();
        var queue = world.Get<IInteractionQueue>();
        var claimed = await queue.ClaimAsync(10, TimeSpan.FromMinutes(1), Cancellation);
        await queue.CompleteAsync([.. claimed.Select(pending => pending.Interaction.Id)], Cancellation);
        Assert.Equal(3, projection.Count);

        projection.Lose();
        Assert.Equal(3, (await CheckAsync(repair: false)).Missing);
        var repaired = await CheckAsync(repair: true);
        Assert.Equal((3, true), (repaired.Repaired, repaired.Consistent));

        projection.Lose();
        var rebuilt = await world.Get<ProjectionService>().RebuildAsync("outcomes", Cancellation);
        Assert.Equal((0, 0, 3), (rebuilt.Failed, rebuilt.Swept, projection.Count));

        await world.Get<IPersonalData>().EraseAsync(new UserId("a"), Cancellation);
        await projection.EraseAsync(new UserId("a"), Cancellation);
        Assert.Equal(1, projection.Count);
        Assert.True((await CheckAsync(repair: false)).Consistent);

        async Task<ConsistencyReport> CheckAsync(bool repair) =>
            (await world.Get<ProjectionService>().CheckAsync(repair, Cancellation)).Single(report => report.Projection == "outcomes");
    }

    private static void AddNewest(IServiceCollection services)
    {
        services.AddOptions<NewestOptions>().BindConfiguration(NewestOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<NewestSource>();
        services.AddSingleton<IRecallSource>(provider => provider.GetRequiredService<NewestSource>());
        services.AddSingleton<IRecommendationStrategy, NewestStrategy>();
    }

    private static Campaign Started(string id, int days) => new(new CampaignId(id), id, string.Empty, Sample.Noon.AddDays(-days));

    private sealed class ServerWithTotals : ApiServer
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, Totals>());
        }
    }

    /// <summary>Maps the example endpoint in front of the API's own.</summary>
    private sealed class Totals : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.MapTotals());
            next(app);
        };
    }
}
