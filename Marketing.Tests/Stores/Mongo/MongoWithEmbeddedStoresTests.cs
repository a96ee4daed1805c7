using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Projections.Ingestion;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Stores;
using Marketing.Tests.Projections;
using Marketing.Tests.Servers;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;

namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoWithEmbeddedStoresTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_logged_in_mongo_is_projected_into_embedded_stores_and_recommended_from()
    {
        using var folder = new TemporaryFolder();
        using var host = Build(folder, await Server.RequiredAsync("mongodb"), out string database);
        await host.StartAsync(Cancel);
        var services = host.Services;
        await services.GetRequiredService<ICatalog>().PutCampaignsAsync(
            [new Campaign(new CampaignId("travel"), "Travel card", ""), new Campaign(new CampaignId("loan"), "Loan", "")], Cancel);
        await services.GetRequiredService<InteractionIngestion>().AppendAsync(
        [
            Interaction("e-1", "nora", InteractionType.Chat, null, "exchange rate abroad"),
            Interaction("e-2", "nora", InteractionType.Convert, "travel", null),
            Interaction("e-3", "omar", InteractionType.Chat, null, "what is the exchange rate abroad"),
        ], Cancel);

        await Eventually.TrueAsync(
            "everything is projected", async () => (await services.GetRequiredService<IInteractionQueue>().BacklogAsync(Cancel)).Pending == 0);
        await Eventually.TrueAsync("a neighbour's campaign is recommended first", async () =>
        {
            await services.GetRequiredService<IModelRefresher>().RefreshAsync(Cancel);
            await services.GetRequiredService<IAnswerInvalidation>().InvalidateAsync([new UserId("omar")], Cancel);
            var answer = await services.GetRequiredService<IRecommender>()
                .RecommendAsync(new RecommendationRequest(new UserId("omar"), 2, "hybrid"), Cancel);
            return answer.Basis == RecommendationBasis.Chat && answer.Campaigns is [{ CampaignId: "travel" }, ..];
        });
        Assert.Equal(2, await services.GetRequiredService<IVectorIndex>().CountAsync(Cancel));
        Assert.Equal(1, await services.GetRequiredService<IInteractionGraph>().CountAsync(Cancel));
        await services.GetRequiredService<IMongoClient>().DropDatabaseAsync(database, CancellationToken.None);
        await host.StopAsync(Cancel);
    }

    private static IHost Build(TemporaryFolder folder, string connectionString, out string database)
    {
        database = $"test_{Guid.NewGuid():N}";
        var url = new MongoUrlBuilder(connectionString) { DatabaseName = database }.ToString();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", folder.Path), new("ConnectionStrings:mongodb", url)]);
        builder.Services.AddLogging().AddMetrics().AddIngestion();
        builder.AddMarketingStores().AddMarketingRecommender().AddProjector();
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(new HashedEmbedder());
        builder.Services.AddSingleton(new VectorSpace("hashed", HashedEmbedder.Dimensions));
        return builder.Build();
    }

    private static Interaction Interaction(string id, string user, InteractionType type, string? campaign, string? text) =>
        new(new EventId(id), new UserId(user), type, campaign is null ? null : new CampaignId(campaign), text, DateTimeOffset.UtcNow);
}
