using System.Diagnostics;
using Marketing.Recommender.Model;
using Marketing.Recommender.Models;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Pipeline;

/// <summary>The look-aside cache of answers, keyed by the question and tagged by the user.</summary>
internal sealed class AnswerCache(
    HybridCache cache, ModelHolder models, IOptions<PipelineOptions> options, IDistributedCache? secondLevel = null)
{
    // Longer than an answer is kept, by more than it takes to compute one.
    private readonly RecentUsers _recent = new(options.Value.CacheDuration + TimeSpan.FromMinutes(1));
    private readonly HybridCacheEntryOptions _entry = new() { Expiration = options.Value.CacheDuration };
    private readonly HybridCacheEntryOptions _degradedEntry = new() { Expiration = options.Value.DegradedCacheDuration };
    private readonly HybridCacheEntryOptions _fromMemory = new()
    {
        Flags = HybridCacheEntryFlags.DisableDistributedCache | HybridCacheEntryFlags.DisableUnderlyingData,
    };

    /// <summary>The answer and whether it had to be computed. One that misses a store's contribution is kept only for a moment.</summary>
    public async ValueTask<(Recommendation Answer, bool Computed)> GetAsync(
        IRecommendationStrategy strategy, RecommendationRequest request, Activity? span, CancellationToken cancellationToken)
    {
        var question = new CacheQuestion(strategy, request, _recent, span ?? Activity.Current);
        string[] tags = [TagOf(request.UserId)];

        // Of another catalogue, so that a campaign that is new or withdrawn need not wait for answers to expire.
        var catalog = models.Current.Catalog?.Version ?? -1;
        var key = $"recommendation/{catalog}/{request.Strategy}/{request.Limit}/{(request.Explain ? 1 : 0)}/{request.UserId.Value}";
        var level = await LevelAsync(span, key, tags, cancellationToken);
        var answer = await cache.GetOrCreateAsync(
            key, question, static (question, token) => question.ComputeAsync(token), _entry, tags, cancellationToken);
        if (question.IsOld)
        {
            // The cache has kept it as if it were new. By its tag, since it may be on its way to the second level.
            await cache.RemoveByTagAsync(tags, cancellationToken);
        }
        else if (question.Computed && answer.Degraded.Count > 0)
        {
            await cache.SetAsync(key, answer, _degradedEntry, tags, cancellationToken);
        }

        span?.SetTag("marketing.cache", question.Computed ? "miss" : "hit")
            .SetTag("marketing.cache.level", question.Computed ? null : level);
        return (answer, question.Computed);
    }

    /// <summary>Drops every answer of these users from this process and from the second level.</summary>
    public ValueTask DropAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        // Whatever makes answers old was an interaction, or an erasure: the counts moved too.
        models.NoteEngagementChanged();

        // Every one is told before any tag is: an answer that is being computed is then either told, or kept before its tag is removed.
        var asked = users.Where(_recent.Invalidate).ToList();

        // What is in the second level another process may have computed.
        return cache.RemoveByTagAsync((secondLevel is null ? asked : users).Select(TagOf), cancellationToken);
    }

    /// <summary>The level that would answer. The cache does not say which one did; with two of them only a recorded trace is worth the look.</summary>
    private async ValueTask<string?> LevelAsync(Activity? span, string key, string[] tags, CancellationToken cancellationToken)
    {
        const string Memory = "memory";
        if (secondLevel is null || span is not { Recorded: true })
        {
            return Memory;
        }

        var remembered = await cache.GetOrCreateAsync<Recommendation?>(
            key, static _ => ValueTask.FromResult<Recommendation?>(null), _fromMemory, tags, cancellationToken);
        return remembered is null ? "distributed" : Memory;
    }

    // The prefix keeps a user called "*" from being the wildcard.
    private static string TagOf(UserId user) => "user/" + user.Value;
}
