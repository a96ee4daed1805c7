using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Recommendations.Caching;

/// <summary>An answer is cached no longer than until time alone changes what may be shown.</summary>
public sealed class RecommendationExpiryTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static TheoryData<string, bool> Caches() =>
        [.. from strategy in (string[])["hybrid", "classic"] from secondLevel in (bool[])[false, true] select (strategy, secondLevel)];

    public static TheoryData<int, string, bool> Worlds() =>
        [.. from seed in Enumerable.Range(1, 4)
            from strategy in (string[])["hybrid", "classic"]
            from secondLevel in (bool[])[false, true]
            select (seed, strategy, secondLevel)];

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task A_campaign_that_ends_is_recommended_until_then_and_no_longer(string strategy, bool secondLevel)
    {
        await using var world = World(secondLevel);
        await world.PutAsync(Campaign("ends", ends: 10), Campaign("stays"));
        await world.LearnAsync();
        Assert.Equal(["ends", "stays"], await IdsAsync(world, strategy));

        world.Time.SetUtcNow(Sample.Noon.AddSeconds(10) - Tick);
        Assert.Equal(["ends", "stays"], await IdsAsync(world, strategy));

        world.Time.Advance(Tick);
        Forget(world, secondLevel);
        Assert.Equal(["stays"], await IdsAsync(world, strategy));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task A_campaign_that_starts_is_recommended_from_then_on(string strategy, bool secondLevel)
    {
        await using var world = World(secondLevel);
        await world.PutAsync(Campaign("starts", starts: 10), Campaign("later", starts: 20));
        await world.LearnAsync();
        Assert.Empty(await IdsAsync(world, strategy));

        world.Time.SetUtcNow(Sample.Noon.AddSeconds(10));
        Forget(world, secondLevel);
        Assert.Equal(["starts"], await IdsAsync(world, strategy));

        world.Time.SetUtcNow(Sample.Noon.AddSeconds(20));
        Forget(world, secondLevel);
        Assert.Equal(["later", "starts"], await IdsAsync(world, strategy));
    }

    [Theory]
    [MemberData(nameof(Caches))]
    public async Task A_frequency_cap_opens_when_its_window_has_passed(string strategy, bool secondLevel)
    {
        await using var world = World(secondLevel);
        await world.PutAsync(new Campaign(new("capped"), "Capped", "", FrequencyCap: new FrequencyCap(2, TimeSpan.FromHours(1))));
        world.Do("me", InteractionType.View, "capped", "capped");
        await world.LearnAsync();
        Assert.Empty(await IdsAsync(world, strategy));

        // The first view is one minute older than the second.
        world.Time.Advance(TimeSpan.FromMinutes(59) - Tick);
        Assert.Empty(await IdsAsync(world, strategy));

        world.Time.Advance(Tick);
        Forget(world, secondLevel);
        Assert.Equal(["capped"], await IdsAsync(world, strategy));
    }

    [Fact]
    public async Task An_answer_from_the_second_level_is_not_kept_for_another_minute()
    {
        var strategy = new CountingStrategy();
        await using var world = World(secondLevel: true, strategy);
        await world.AskAsync("me", "counting");

        // An answer is returned before it reaches the second level.
        await Eventually.TrueAsync("the answer is in the second level", async () =>
            await world.Get<IDistributedCache>().GetAsync("answer/-1/counting/5/0/me", TestContext.Current.CancellationToken) is not null);
        world.Time.Advance(TimeSpan.FromSeconds(59));
        Forget(world, secondLevel: true);
        await world.AskAsync("me", "counting");
        Assert.Equal(1, strategy.Computations);

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.AskAsync("me", "counting");
        Assert.Equal(2, strategy.Computations);
    }

    [Fact]
    public async Task An_expired_answer_is_computed_once_for_all_who_ask_and_kept()
    {
        var strategy = new CountingStrategy();
        await using var world = World(secondLevel: false, strategy);
        strategy.ValidUntil = () => world.Time.GetUtcNow().AddSeconds(5);
        await world.AskAsync("me", "counting");
        world.Time.Advance(TimeSpan.FromSeconds(5));

        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        strategy.Gate = gate.Task;
        var asking = Enumerable.Range(0, 20).Select(_ => world.AskAsync("me", "counting")).ToArray();
        gate.SetResult();
        await Task.WhenAll(asking);
        await world.AskAsync("me", "counting");

        Assert.Equal(2, strategy.Computations);
    }

    [Fact]
    public async Task Who_waits_for_an_answer_that_expires_meanwhile_gets_a_new_one()
    {
        var strategy = new CountingStrategy();
        await using var world = World(secondLevel: false, strategy);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        strategy.Gate = gate.Task;
        strategy.ValidUntil = () => Sample.Noon.AddSeconds(1);
        var first = world.AskAsync("me", "counting");
        await strategy.Started;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        strategy.ValidUntil = () => null;
        var second = world.AskAsync("me", "counting");
        gate.SetResult();

        Assert.Equal(0.0, (await first).Campaigns[0].Score);
        Assert.Equal(1.0, (await second).Campaigns[0].Score);
    }

    [Fact]
    public async Task An_answer_is_not_given_before_the_time_it_was_computed_at()
    {
        var strategy = new CountingStrategy();
        var time = Sample.Noon;
        await using var world = World(secondLevel: false, strategy, new SettableTime(() => time));
        await world.AskAsync("me", "counting");
        time = time.AddHours(-2);
        await world.AskAsync("me", "counting");
        await world.AskAsync("me", "counting");

        Assert.Equal(2, strategy.Computations);
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Whatever_happens_a_cached_answer_shows_what_one_computed_at_that_moment_shows(int seed, string strategy, bool secondLevel)
    {
        var random = new Random(seed);
        await using var world = World(secondLevel);
        await world.PutAsync([.. Enumerable.Range(0, 12).Select(i => RandomCampaign(random, i, world.Time.GetUtcNow()))]);
        await world.LearnAsync();

        for (var step = 0; step < 150; step++)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(1 + random.Next(random.Next(4) == 0 ? 60_000 : 4_000)));
            switch (random.Next(8))
            {
                case 0:
                    world.Do("me", InteractionType.View, $"c-{random.Next(12):00}");
                    break;
                case 1 when random.Next(4) == 0:
                    world.Do("me", random.Next(2) == 0 ? InteractionType.Convert : InteractionType.Dismiss, $"c-{random.Next(12):00}");
                    break;
                case 2:
                    await world.PutAsync(RandomCampaign(random, random.Next(12), world.Time.GetUtcNow()));
                    await world.LearnAsync();
                    break;
                case 3:
                    await world.Get<ICatalog>().DeleteCampaignAsync(new($"c-{random.Next(12):00}"), TestContext.Current.CancellationToken);
                    await world.LearnAsync();
                    break;
                case 4:
                    Forget(world, secondLevel);
                    break;
                default:
                    break;
            }

            var cached = await IdsAsync(world, strategy);
            var computed = await world.ComputeAsync("me", strategy, limit: 100);
            Assert.Equal(computed.Campaigns.Select(campaign => campaign.CampaignId).Order(StringComparer.Ordinal), cached);
        }
    }

    private static async Task<string[]> IdsAsync(RecommenderWorld world, string strategy) =>
        [.. (await world.IdsAsync("me", strategy, limit: 100)).Order(StringComparer.Ordinal)];

    private static Campaign Campaign(string id, double? starts = null, double? ends = null) => new(
        new CampaignId(id),
        $"Campaign {id}",
        "",
        starts is { } from ? Sample.Noon.AddSeconds(from) : null,
        ends is { } until ? Sample.Noon.AddSeconds(until) : null);

    private static Campaign RandomCampaign(Random random, int i, DateTimeOffset now)
    {
        DateTimeOffset? Soon() => random.Next(2) == 0 ? now.AddSeconds(random.Next(-60, 180)) : null;
        return new Campaign(
            new CampaignId($"c-{i:00}"),
            $"Campaign {random.Next()}",
            "",
            Soon(),
            Soon(),
            FrequencyCap: random.Next(2) == 0 ? new FrequencyCap(random.Next(1, 3), TimeSpan.FromSeconds(random.Next(10, 200))) : null);
    }

    /// <summary>Simulates a process that has just started, with nothing but the second level.</summary>
    private static void Forget(RecommenderWorld world, bool secondLevel)
    {
        if (secondLevel)
        {
            ((MemoryCache)world.Get<IMemoryCache>()).Clear();
        }
    }

    private static RecommenderWorld World(bool secondLevel, IRecommendationStrategy? strategy = null, TimeProvider? time = null) => new(services =>
    {
        if (secondLevel)
        {
            services.AddSingleton<IDistributedCache, SecondLevel>();
        }

        if (strategy is not null)
        {
            services.AddSingleton(strategy);
        }

        if (time is not null)
        {
            services.AddSingleton(time);
        }
    });

    private sealed class SecondLevel(IOptions<MemoryDistributedCacheOptions> options) : MemoryDistributedCache(options);

    private sealed class SettableTime(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }

    /// <summary>Counts computations, and puts the count into the score of each answer's campaign.</summary>
    private sealed class CountingStrategy : IRecommendationStrategy
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _computations;

        public string Name => "counting";

        public Task Gate { get; set; } = Task.CompletedTask;

        public Func<DateTimeOffset?> ValidUntil { get; set; } = () => null;

        public int Computations => _computations;

        public Task Started => _started.Task;

        public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref _computations) - 1;
            var validUntil = ValidUntil();
            _started.TrySetResult();
            await Gate;
            return new Recommendation(
                request.UserId.Value, Name, RecommendationBasis.Popular, [new RecommendedCampaign("a", null, number, "", null)], [])
            {
                ValidUntil = validUntil,
            };
        }
    }
}
