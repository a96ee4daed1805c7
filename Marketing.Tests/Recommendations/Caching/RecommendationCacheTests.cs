using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Recommendations.Caching;

public sealed class RecommendationCacheTests
{
    private readonly GatedStrategy _strategy = new();

    [Fact]
    public async Task The_same_question_is_answered_from_the_cache()
    {
        await using var world = World();
        _strategy.Open();

        var first = await world.AskAsync("me", "gated");
        var second = await world.AskAsync("me", "gated");

        Assert.Same(first, second);
        Assert.Equal(1, _strategy.Computations);
    }

    [Fact]
    public async Task Another_user_limit_or_explanation_is_another_question()
    {
        await using var world = World();
        _strategy.Open();

        await world.AskAsync("me", "gated");
        await world.AskAsync("you", "gated");
        await world.AskAsync("me", "gated", limit: 6);
        await world.AskAsync("me", "gated", explain: true);

        Assert.Equal(4, _strategy.Computations);
    }

    [Fact]
    public async Task Who_asks_at_the_same_time_waits_for_one_computation()
    {
        await using var world = World();
        var asking = Enumerable.Range(0, 20).Select(_ => world.AskAsync("me", "gated")).ToArray();

        _strategy.Open();
        await Task.WhenAll(asking);

        Assert.Equal(1, _strategy.Computations);
    }

    [Fact]
    public async Task Invalidating_a_user_drops_all_answers_of_that_user_and_of_no_other()
    {
        await using var world = World();
        _strategy.Open();
        await world.AskAsync("me", "gated");
        await world.AskAsync("me", "gated", limit: 1);
        await world.AskAsync("you", "gated");

        await InvalidateAsync(world, "me");
        await world.AskAsync("me", "gated");
        await world.AskAsync("me", "gated", limit: 1);
        await world.AskAsync("you", "gated");

        Assert.Equal(5, _strategy.Computations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_computed_from_before_an_invalidation_is_not_kept(bool secondLevel)
    {
        await using var world = secondLevel ? WorldWithSecondLevel() : World();
        var early = world.AskAsync("me", "gated");
        await _strategy.Started;
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await InvalidateAsync(world, "me");

        // The cache timestamps entries, and a stopped clock would hide that it dates this answer to the present.
        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        _strategy.Open();

        // Recomputed for the earlier caller and cached, because nothing has changed since.
        await early;
        Assert.Equal(2, _strategy.Computations);
        await world.AskAsync("me", "gated");
        Assert.Equal(2, _strategy.Computations);
    }

    [Fact]
    public async Task Whose_answers_are_invalidated_all_the_time_is_answered_and_nothing_is_kept()
    {
        await using var world = World();
        _strategy.Open();
        _strategy.Computing = async () =>
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(1));
            await InvalidateAsync(world, "me");
            world.Time.Advance(TimeSpan.FromMilliseconds(1));
        };
        await world.AskAsync("me", "gated");
        int before = _strategy.Computations;
        _strategy.Computing = null;
        world.Time.Advance(TimeSpan.FromMilliseconds(1));

        await world.AskAsync("me", "gated");
        await world.AskAsync("me", "gated");

        Assert.InRange(before, 1, 10);
        Assert.Equal(before + 1, _strategy.Computations);
    }

    [Fact]
    public async Task A_campaign_that_is_new_or_withdrawn_shows_as_soon_as_the_catalog_is_read()
    {
        await using var world = World();
        await world.PutAsync("old");
        await world.LearnAsync();
        Assert.Equal(["old"], await world.IdsAsync("me"));

        await world.PutAsync("new");
        await world.LearnAsync();
        Assert.Equal(["new", "old"], (await world.IdsAsync("me")).Order());

        await world.Get<ICatalog>().DeleteCampaignAsync(new CampaignId("old"), TestContext.Current.CancellationToken);
        await world.LearnAsync();
        Assert.Equal(["new"], await world.IdsAsync("me"));
    }

    [Fact]
    public async Task What_changes_of_a_campaign_shows_in_answers_that_were_cached()
    {
        await using var world = World();
        var campaign = new Campaign(new CampaignId("a"), "Before", "");
        await world.PutAsync(campaign);
        await world.LearnAsync();
        Assert.Equal("Before", Assert.Single((await world.AskAsync("me")).Campaigns).Name);

        await world.PutAsync(campaign with { Name = "After" });
        await world.LearnAsync();
        Assert.Equal("After", Assert.Single((await world.AskAsync("me")).Campaigns).Name);

        await world.PutAsync(campaign with { Audience = new Dictionary<string, IReadOnlyList<string>> { ["segment"] = ["student"] } });
        await world.LearnAsync();
        Assert.Empty((await world.AskAsync("me")).Campaigns);

        await world.Get<ICatalog>().PutUserAsync(
            new UserProfile(new UserId("me"), new Dictionary<string, string> { ["segment"] = "student" }), TestContext.Current.CancellationToken);
        await InvalidateAsync(world, "me");
        Assert.Single((await world.AskAsync("me")).Campaigns);

        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await world.Get<ICatalog>().DeleteUserAsync(new UserId("me"), TestContext.Current.CancellationToken);
        await InvalidateAsync(world, "me");
        Assert.Empty((await world.AskAsync("me")).Campaigns);
    }

    [Fact]
    public async Task A_user_called_like_the_wildcard_is_one_user()
    {
        await using var world = World();
        _strategy.Open();
        await world.AskAsync("you", "gated");

        await InvalidateAsync(world, "*");
        await world.AskAsync("you", "gated");

        Assert.Equal(1, _strategy.Computations);
    }

    [Fact]
    public async Task Only_so_much_memory_is_taken_by_answers()
    {
        await using var world = new RecommenderWorld(
            services => services.AddSingleton<IRecommendationStrategy>(_strategy), ("Recommender:Pipeline:CacheBytes", "1000000"));
        _strategy.Open();
        for (var i = 0; i < 20_000; i++)
        {
            await world.AskAsync($"u-{i}", "gated");
        }

        var memory = (MemoryCache)world.Get<IMemoryCache>();

        Assert.InRange(memory.Count, 1, 15_000);
    }

    [Fact]
    public async Task A_strategy_that_is_not_there_is_refused_with_those_that_are()
    {
        await using var world = World();

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await world.AskAsync("me", "best"));

        Assert.Contains("hybrid, classic", error.Message, StringComparison.Ordinal);
        Assert.Equal("hybrid", world.Recommender.DefaultStrategy);
    }

    private static ValueTask InvalidateAsync(RecommenderWorld world, string user) =>
        world.Get<IAnswerInvalidation>().InvalidateAsync([new UserId(user)], TestContext.Current.CancellationToken);

    private RecommenderWorld World() => new(services => services.AddSingleton<IRecommendationStrategy>(_strategy));

    private RecommenderWorld WorldWithSecondLevel() =>
        new(services => services.AddSingleton<IRecommendationStrategy>(_strategy).AddSingleton<IDistributedCache, SecondLevel>());

    /// <summary>A separate type, because the cache takes the base class for a first level and ignores it.</summary>
    private sealed class SecondLevel(IOptions<MemoryDistributedCacheOptions> options) : MemoryDistributedCache(options);

    /// <summary>Answers only when released, and counts.</summary>
    private sealed class GatedStrategy : IRecommendationStrategy
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _computations;

        public string Name => "gated";

        public Func<Task>? Computing { get; set; }

        public int Computations => _computations;

        public Task Started => _started.Task;

        public void Open() => _gate.SetResult();

        public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _computations);
            _started.TrySetResult();
            await _gate.Task;
            await (Computing?.Invoke() ?? Task.CompletedTask);
            return new Recommendation(request.UserId.Value, Name, RecommendationBasis.Popular, [], []);
        }
    }
}
