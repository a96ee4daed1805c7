using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Domain.Text;
using Marketing.Recommendations;
using Marketing.Stores;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>Users who each chat and click about one topic, on the embedded stores; deterministic for a seed.</summary>
/// <remarks>Written directly into the projections' stores, because only reading is measured.</remarks>
internal sealed class RecommendationWorld : IAsyncDisposable
{
    private const int Topics = 50;
    private const int WordsATopic = 12;
    private const int Batch = 5_000;
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("marketing-benchmark-").FullName;
    private readonly IHost _host;
    private readonly string[] _words;

    private RecommendationWorld(string? redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder), new("ConnectionStrings:redis", redis)]);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores();
        builder.AddMarketingRecommender();
        _host = builder.Build();
        var random = new Random(1);
        _words = [.. Enumerable.Range(0, Topics * WordsATopic).Select(_ => string.Concat(Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26)))))];
    }

    public IServiceProvider Services => _host.Services;

    public static async Task<RecommendationWorld> CreateAsync(int users, int campaigns, string? redis = null)
    {
        var world = new RecommendationWorld(redis);
        await world.FillCatalogAsync(campaigns);
        await world.FillUsersAsync(users, campaigns);
        var models = world.Services.GetRequiredService<IModelRefresher>();
        await models.RefreshAsync(default);
        await models.LearnAsync(default);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task FillCatalogAsync(int campaigns)
    {
        var random = new Random(2);
        await Services.GetRequiredService<ICatalog>().PutCampaignsAsync(
            [.. Enumerable.Range(0, campaigns).Select(i => new Campaign(new CampaignId($"c-{i}"), $"Campaign {i}", Sentence(random, i % Topics, 20)))],
            default);
    }

    private async Task FillUsersAsync(int users, int campaigns)
    {
        var random = new Random(3);
        foreach (var batch in Enumerable.Range(0, users).Chunk(Batch))
        {
            var texts = batch.SelectMany(user => Enumerable.Range(0, 2).Select(_ => (User: user, Text: Sentence(random, user % Topics, 9)))).ToList();
            await AddMessagesAsync(texts);
            var edges = batch.SelectMany(user => Edges(random, user, campaigns)).ToList();
            await Services.GetRequiredService<IInteractionGraph>().UpsertAsync(edges, default);
            await Services.GetRequiredService<IEngagementStore>().RecordAsync([.. edges.Select(ToFact)], default);
        }
    }

    private async Task AddMessagesAsync(List<(int User, string Text)> texts)
    {
        var embeddings = await Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>()
            .GenerateAsync(texts.Select(text => text.Text));
        await Services.GetRequiredService<IVectorIndex>().UpsertAsync(
            [.. texts.Select((text, i) => new MessageVector(
                new EventId($"m-{text.User}-{i}"), new UserId($"u-{text.User}"), null, Start.AddSeconds(i), embeddings[i].Vector, TextTerms.Of(text.Text)))],
            default);
    }

    private static IEnumerable<CampaignEdge> Edges(Random random, int user, int campaigns) =>
        Enumerable.Range(0, 8)
            .Select(_ => random.Next(4) == 0 ? random.Next(campaigns) : (random.Next(campaigns / Topics) * Topics) + (user % Topics))
            .Distinct()
            .Select(campaign =>
            {
                var clicks = random.Next(3) == 0 ? 1 : 0;
                var at = Start.AddMinutes(random.Next(30_000));
                return new CampaignEdge(
                    new UserId($"u-{user}"), new CampaignId($"c-{campaign}"), 0, 1, clicks, clicks * random.Next(2), 0, at, [at]);
            });

    private static EngagementFact ToFact(CampaignEdge edge) => new(
        new EventId($"f-{edge.UserId}-{edge.CampaignId}"),
        edge.UserId,
        edge.CampaignId,
        edge.Conversions > 0 ? InteractionType.Convert : edge.Clicks > 0 ? InteractionType.Click : InteractionType.View,
        edge.LastAt);

    private string Sentence(Random random, int topic, int words) => string.Join(
        ' ',
        Enumerable.Range(0, words).Select(_ => _words[random.Next(4) == 0 ? random.Next(_words.Length) : (topic * WordsATopic) + random.Next(WordsATopic)]));
}
