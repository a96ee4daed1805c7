using System.Diagnostics;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Caching;

/// <summary>The look-aside cache of answers, keyed by request and tagged by user.</summary>
internal sealed class AnswerCache(
    HybridCache cache, ModelHolder models, IOptions<PipelineOptions> options, TimeProvider time, IDistributedCache? secondLevel = null)
{
    /// <summary>The wildcard of <see cref="HybridCache"/>: every entry has this tag.</summary>
    internal const string EveryTag = "*";

    // A caller may receive a shared answer that has expired by the time it is ready. After this many, it computes its own.
    private const int Attempts = 3;

    // Must outlive a cached answer by more than the time it takes to compute one.
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

    /// <summary>Returns a valid answer and whether it was computed for this call; never one with a campaign that has ended since.</summary>
    public async ValueTask<(Recommendation Answer, bool Computed)> GetAsync(
        IRecommendationStrategy strategy, RecommendationRequest request, Activity? span, CancellationToken cancellationToken)
    {
        string[] tags = [TagOf(request.UserId)];

        // The key includes the catalog version, so that new and withdrawn campaigns take effect without waiting for answers to expire.
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
                // The cache stored the stale answer as if it were new. Remove it by tag, because its write to the second level may be
                // in flight.
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

    /// <summary>
    /// Invalidates these users' answers in this process and records the time for their tags in the second level. A process that has
    /// read a tag's time before does not read it again; <see cref="IRecommenderChannel"/> notifies it.
    /// </summary>
    public ValueTask DropAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        // An answer becomes stale through an interaction or an erasure, and both change the engagement counts.
        models.NoteEngagementChanged();

        // Mark all users before removing any tag, so that an answer being computed either sees the mark or is removed with the tag.
        var asked = users.Where(_recent.Invalidate).ToList();

        // With a second level, remove every tag: another process may have stored answers there for users unknown here.
        return cache.RemoveByTagAsync((secondLevel is null ? asked : users).Select(TagOf), cancellationToken);
    }

    /// <summary>Drops every answer, including those being computed.</summary>
    public ValueTask DropAllAsync(CancellationToken cancellationToken)
    {
        models.NoteEngagementChanged();
        _recent.InvalidateAll();
        return cache.RemoveByTagAsync(EveryTag, cancellationToken);
    }

    /// <summary>
    /// Returns the level that will answer. The cache does not report it, so with two levels this costs a lookup, made only for
    /// recorded traces.
    /// </summary>
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

    // The prefix prevents a user named "*" from matching the wildcard tag.
    internal static string TagOf(UserId user) => "user/" + user.Value;
}
