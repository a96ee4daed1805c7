using System.Diagnostics;
using Marketing.Domain;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Caching;

/// <summary>The look-aside cache of answers, keyed by the question and tagged by the user.</summary>
internal sealed class AnswerCache(
    HybridCache cache, ModelHolder models, IOptions<PipelineOptions> options, TimeProvider time, IDistributedCache? secondLevel = null)
{
    // Somebody else's answer may expire while it is computed. Whoever meets that so often computes alone.
    private const int Attempts = 3;

    // Longer than an answer is kept, by more than it takes to compute one.
    private readonly RecentUsers _recent = new(options.Value.CacheDuration + TimeSpan.FromMinutes(1));
    private readonly HybridCacheEntryOptions _entry = new() { Expiration = options.Value.CacheDuration };
    private readonly HybridCacheEntryOptions _replaced = new()
    {
        Expiration = options.Value.CacheDuration,
        Flags = HybridCacheEntryFlags.DisableLocalCacheRead | HybridCacheEntryFlags.DisableDistributedCacheRead,
    };

    private readonly HybridCacheEntryOptions _fromMemory = new()
    {
        Flags = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData,
    };

    /// <summary>The answer and whether it had to be computed. A cached one could have been computed now: nobody gets a campaign that has ended since.</summary>
    public async ValueTask<(Recommendation Answer, bool Computed)> GetAsync(
        IRecommendationStrategy strategy, RecommendationRequest request, Activity? span, CancellationToken cancellationToken)
    {
        string[] tags = [TagOf(request.UserId)];

        // The version of the catalog, so that a campaign that is new or withdrawn need not wait for answers to expire.
        var catalog = models.Current.Catalog?.Version ?? -1;
        var key = $"answer/{catalog}/{request.Strategy}/{request.Limit}/{(request.Explain ? 1 : 0)}/{request.UserId.Value}";
        var level = await LevelAsync(span, key, tags, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var computation = new AnswerComputation(strategy, request, _recent, options.Value, time, span ?? Activity.Current);
            var cached = attempt > Attempts
                ? await computation.ComputeAsync(cancellationToken)
                : await cache.GetOrCreateAsync(
                    key,
                    computation,
                    static (computation, token) => computation.ComputeAsync(token),
                    attempt == 1 ? _entry : _replaced,
                    tags,
                    cancellationToken);
            if (computation.IsStale)
            {
                // The cache has kept it as if it were new. By its tag, since it may be on its way to the second level.
                await cache.RemoveByTagAsync(tags, cancellationToken);
            }

            if (computation.Computed || cached.IsValidAt(time.GetUtcNow()))
            {
                span?.SetTag("marketing.cache", computation.Computed ? "miss" : "hit")
                    .SetTag("marketing.cache.level", computation.Computed ? null : level);
                return (cached.Answer, computation.Computed);
            }
        }
    }

    /// <summary>Drops every answer of these users from this process and from the second level.</summary>
    public ValueTask DropAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        // Whatever makes answers old was an interaction, or an erasure: the counts moved too.
        models.NoteEngagementChanged();

        // Mark all users before removing any tag: an answer that is being computed is then either marked, or kept before its tag is removed.
        var asked = users.Where(_recent.Invalidate).ToList();

        // What is in the second level another process may have computed.
        return cache.RemoveByTagAsync((secondLevel is null ? asked : users).Select(TagOf), cancellationToken);
    }

    /// <summary>Drops every answer, also those that are being computed.</summary>
    public ValueTask DropAllAsync(CancellationToken cancellationToken)
    {
        const string EveryTag = "*";
        models.NoteEngagementChanged();
        _recent.InvalidateAll();
        return cache.RemoveByTagAsync(EveryTag, cancellationToken);
    }

    /// <summary>The level that would answer. The cache does not say which one did; with two of them only a recorded trace is worth the look.</summary>
    private async ValueTask<string?> LevelAsync(Activity? span, string key, string[] tags, CancellationToken cancellationToken)
    {
        const string Memory = "memory";
        if (secondLevel is null || span is not { Recorded: true })
        {
            return Memory;
        }

        var remembered = await cache.GetOrCreateAsync<CachedAnswer?>(
            key, static _ => ValueTask.FromResult<CachedAnswer?>(null), _fromMemory, tags, cancellationToken);
        return remembered is null ? "distributed" : Memory;
    }

    // The prefix keeps a user called "*" from being the wildcard.
    private static string TagOf(UserId user) => "user/" + user.Value;
}
