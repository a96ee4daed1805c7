using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Access;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Analytics;

/// <summary>The endpoints for campaign performance.</summary>
internal static class AnalyticsEndpoints
{
    private static readonly Window Day = new(TimeSpan.FromDays(1));

    /// <summary>Maps <c>/analytics</c>.</summary>
    public static void MapAnalytics(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/analytics").WithTags("Analytics").RequireScope(Scopes.AnalyticsRead).ProducesValidationProblem();
        analytics.MapGet("/campaigns", CampaignsAsync).WithName("GetCampaignAnalytics")
            .WithSummary("Interactions, click-through rate and conversion rate by campaign.")
            .WithDescription("A window starts on a full UTC hour, given in `since`. All pages show the counts at the time of the first page.");
        analytics.MapGet("/trending", TrendingAsync).WithName("GetTrending")
            .WithSummary("The campaigns whose engagement rises most compared with the previous window.");
    }

    private static async Task<Results<Ok<CampaignAnalyticsResponse>, ProblemHttpResult>> CampaignsAsync(
        CampaignRankings rankings,
        ICatalog catalog,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("How far back to count, such as 12h or 7d. Default: all time.")] Window? window = null,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 1000), Description("Maximum number of items.")] int limit = 100)
    {
        var list = $"analytics/campaigns {window}";
        if (!Cursor.TryDecode(list, cursor, out var position))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var after = position is null ? null : RankingPosition.Parse(position);
        var since = after is null ? window?.Since(time.GetUtcNow()) : after.Since;
        var (items, next) = await rankings.PageAsync(since, after, limit, cancellationToken);
        var names = await NamesAsync(catalog, cancellationToken);
        return TypedResults.Ok(new CampaignAnalyticsResponse(
            window?.ToString(),
            since,
            [.. items.Select(count => CampaignFigures.From(count, names.GetValueOrDefault(count.CampaignId)))],
            Cursor.Encode(list, next?.ToString())));
    }

    private static async Task<Ok<TrendingResponse>> TrendingAsync(
        IEngagementStore engagement,
        ICatalog catalog,
        TimeProvider time,
        CancellationToken cancellationToken,
        [Description("The window to compare with the previous one. Default: 1d.")] Window? window = null,
        [Range(1, 100), Description("Maximum number of items.")] int limit = 10)
    {
        var length = window ?? Day;
        var now = time.GetUtcNow();
        var since = length.Since(now);
        var sinceBefore = new Window(2 * length.Length).Since(now);
        var current = await engagement.CountsAsync(since, cancellationToken);
        var both = await engagement.CountsAsync(sinceBefore, cancellationToken);
        var names = await NamesAsync(catalog, cancellationToken);
        return TypedResults.Ok(new TrendingResponse(
            length.ToString(),
            since,
            [.. Trend.Of(current, both, (now - since) / (now - sinceBefore)).Take(limit).Select(campaign => new TrendingCampaign(
                campaign.CampaignId.Value,
                names.GetValueOrDefault(campaign.CampaignId),
                campaign.Engagement,
                campaign.Before,
                campaign.Score))]));
    }

    private static async Task<Dictionary<CampaignId, string>> NamesAsync(ICatalog catalog, CancellationToken cancellationToken) =>
        (await catalog.CampaignsAsync(cancellationToken)).ToDictionary(static campaign => campaign.Id, static campaign => campaign.Name);
}
