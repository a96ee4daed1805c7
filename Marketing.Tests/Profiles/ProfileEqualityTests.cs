using System.Globalization;
using Marketing.Domain;
using Marketing.Ingest.Generate;
using Marketing.Projections.Samples;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Stores.Milvus;
using Marketing.Tests.Servers;
using Milvus.Client;

namespace Marketing.Tests.Profiles;

/// <summary>The same data gives the same recommendations on embedded stores and on servers.</summary>
[Collection(nameof(RealServers))]
public sealed class ProfileEqualityTests(RealServers servers)
{
    private const int Limit = 10;
    private const double SmallestOverlap = 0.95;

    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Now.AddDays(-1);

    /// <summary>Both sides search exactly, so only the stores differ, and the answers must be identical.</summary>
    [Fact]
    public async Task Searched_exactly_both_profiles_recommend_the_same_in_the_same_order()
    {
        await using var exact = await LoadedAsync([], new ExactVectors());
        await using var embedded = await LoadedAsync([]);
        await using var server = await LoadedAsync(await SettingsAsync(exact: true));
        foreach (var strategy in server.Get<IRecommender>().Strategies)
        {
            var (same, overlap, different) = await CompareAsync(exact, server, strategy);
            Say($"exact, {strategy}", same, overlap);
            Assert.True(same == 1, different);

            (same, overlap, _) = await CompareAsync(embedded, server, strategy);
            Say($"the embedded index and an exact Milvus, {strategy}", same, overlap);
            Assert.InRange(overlap, SmallestOverlap, 1);
        }
    }

    /// <summary>The embedded index keeps nine bits per component, and Milvus's HNSW does not look at every message.</summary>
    [Fact]
    public async Task As_they_are_by_default_both_profiles_recommend_nearly_the_same()
    {
        await using var embedded = await LoadedAsync([]);
        await using var server = await LoadedAsync(await SettingsAsync(exact: false));
        await IndexedAsync(server);
        foreach (var strategy in server.Get<IRecommender>().Strategies)
        {
            var (same, overlap, _) = await CompareAsync(embedded, server, strategy);
            Say($"by default, {strategy}", same, overlap);
            Assert.InRange(overlap, SmallestOverlap, 1);
        }
    }

    /// <summary>Returns a profile with the sample bank and a generated world, and with a stopped clock.</summary>
    private static async Task<Profile> LoadedAsync(Dictionary<string, string> settings, ExactVectors? vectors = null)
    {
        var bank = SampleWorld.Create(End);
        var world = GeneratedWorld();
        var profile = await Profile.StartAsync(settings, End, vectors);
        await profile.LoadAsync(
            [.. bank.Campaigns, .. world.Campaigns], bank.Users, [.. bank.Interactions, .. world.Interactions()]);
        await profile.StandAtAsync(Now);
        return profile;
    }

    private static World GeneratedWorld() => new(new WorldOptions(200, 60, 4_000, 1, 0.25, TimeSpan.FromDays(60), End));

    /// <summary>Waits for indexed segments, because Milvus searches exactly until then.</summary>
    private static async Task IndexedAsync(Profile server)
    {
        var client = server.Get<MilvusClient>();
        var name = server.Get<MilvusCollectionProvider>().Name;
        await client.FlushAsync([name], TestContext.Current.CancellationToken);
        await client.GetCollection(name).WaitForIndexBuildAsync(
            MilvusFields.VectorField, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>Returns how many of about a hundred users get the same list, and how much the lists overlap.</summary>
    private static async Task<(double Same, double Overlap, string Different)> CompareAsync(Profile left, Profile right, string strategy)
    {
        UserId[] users = [.. SampleWorld.Create(End).Interactions.Concat(GeneratedWorld().Interactions()).Select(one => one.UserId)
            .Distinct().Order().Where((_, i) => i % 4 == 0), new UserId("nobody")];
        var (same, overlap, different) = (0, 0.0, new List<string>());
        foreach (var user in users)
        {
            var expected = await left.AskAsync(user, strategy, Limit);
            var actual = await right.AskAsync(user, strategy, Limit);
            var (ids, others) = (Ids(expected), Ids(actual));
            same += ids.SequenceEqual(others) ? 1 : 0;
            overlap += ids.Intersect(others).Count() / (double)Math.Max(1, Math.Max(ids.Count, others.Count));
            if (!ids.SequenceEqual(others))
            {
                different.Add($"{user}\n  {Show(expected)}\n  {Show(actual)}");
            }
        }

        return ((double)same / users.Length, overlap / users.Length, string.Join('\n', different));
    }

    private static List<string> Ids(IEnumerable<RecommendedCampaign> campaigns) => [.. campaigns.Select(campaign => campaign.CampaignId)];

    private static string Show(IEnumerable<RecommendedCampaign> campaigns) => string.Join(
        ' ', campaigns.Select(campaign => string.Create(CultureInfo.InvariantCulture, $"{campaign.CampaignId}={campaign.Score:0.000000}")));

    private static void Say(string what, double same, double overlap) => TestContext.Current.TestOutputHelper?.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{what}: {same:P1} the same in the same order, overlap@{Limit} {overlap:0.0000}"));

    private async Task<Dictionary<string, string>> SettingsAsync(bool exact)
    {
        // Use names for this world only, because other tests use the same kinds of servers. Loading takes minutes through this log server,
        // which scans, so only the test of identical answers has it.
        var suffix = exact ? "exact" : "default";
        ServerKind[] kinds = [ServerKind.Neo4j, ServerKind.Milvus, ServerKind.Redis, ServerKind.BigQuery];
        var own = (exact ? [ServerKind.MongoJavaServer, .. kinds] : kinds).Select(kind => kind with { Name = $"{kind.Name} {suffix}" });
        var settings = await servers.StartAsync([.. own]);
        settings["Milvus:Exact"] = exact.ToString();
        settings["BigQuery:CacheDuration"] = "00:00:00";
        return settings;
    }
}
