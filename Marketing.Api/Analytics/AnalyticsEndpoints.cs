using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Problems;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Analytics;

/// <summary>How campaigns perform.</summary>
internal static class AnalyticsEndpoints
{
    private static readonly Window Day = new(TimeSpan.FromDays(1));

    /// <summary>Maps <c>/analytics</c>.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/analytics").WithTags("Analytics").ProducesValidationProblem();
        analytics.MapGet("/campaigns", CampaignsAsync).WithName("GetCampaignAnalytics")
            .WithSummary("Interactions, click-through rate and conversion rate by campaign.")
            .WithDescription("Exact for whole UTC days; within a day the count may start at the UTC hour.");
        analytics.MapGet("/trending", TrendingAsync).WithName("GetTrending")
            .WithSummary("The campaigns whose engagement rises most against the window before.");
    }

    private static async Task<Results<Ok<CampaignAnalyticsResponse>, ProblemHttpResult>> CampaignsAsync(
        IEngagementStore engagement,
        ICatalog catalog,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("How far back, such as 12h or 7d; all time when left out.")] Window? window = null,
        [Description("nextCursor of the page before.")] string? cursor = null,
        [Range(1, 1000), Description("How many at most.")] int limit = 100)
    {
        if (!Cursor.TryDecodeNumber(cursor, out var skip))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var since = time.GetUtcNow() - window?.Length;
        var counts = await engagement.CountsAsync(since, cancellationToken);
        var names = await NamesAsync(catalog, cancellationToken);
        var page = counts
            .OrderByDescending(static count => count.Total)
            .ThenBy(static count => count.CampaignId)
            .Skip(skip)
            .Take(limit)
            .Select(count => CampaignFigures.From(count, names.GetValueOrDefault(count.CampaignId)))
            .ToList();
        var next = skip + (long)page.Count < counts.Count ? Cursor.Encode(skip + page.Count) : null;
        return TypedResults.Ok(new CampaignAnalyticsResponse(window?.ToString(), since, page, next));
    }

    private static async Task<Ok<TrendingResponse>> TrendingAsync(
        IEngagementStore engagement,
        ICatalog catalog,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("The window that is compared with the one before it; 1d when left out.")] Window? window = null,
        [Range(1, 100), Description("How many at most.")] int limit = 10)
    {
        var length = (window ?? Day).Length;
        var now = time.GetUtcNow();
        var current = await engagement.CountsAsync(now - length, cancellationToken);
        var both = await engagement.CountsAsync(now - (2 * length), cancellationToken);
        var names = await NamesAsync(catalog, cancellationToken);
        return TypedResults.Ok(new TrendingResponse(
            (window ?? Day).ToString(),
            [.. Trend.Of(current, both).Take(limit).Select(campaign => new TrendingCampaign(
                campaign.CampaignId.Value,
                names.GetValueOrDefault(campaign.CampaignId),
                campaign.Engagement,
                campaign.Before,
                campaign.Score))]));
    }

    private static async Task<Dictionary<CampaignId, string>> NamesAsync(ICatalog catalog, CancellationToken cancellationToken) =>
        (await catalog.CampaignsAsync(cancellationToken)).ToDictionary(static campaign => campaign.Id, static campaign => campaign.Name);
}
