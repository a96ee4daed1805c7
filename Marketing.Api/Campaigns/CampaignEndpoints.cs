using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using Marketing.Api.Access;
using Marketing.Api.Audit;
using Marketing.Api.OpenApi;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Campaigns;

/// <summary>The endpoints for campaigns.</summary>
internal static class CampaignEndpoints
{
    private const string List = "campaigns";
    private const int MaxBodyBytes = 256 * 1024;

    /// <summary>Maps <c>/campaigns</c>.</summary>
    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var campaigns = routes.MapGroup("/campaigns").WithTags("Campaigns").ProducesValidationProblem();
        campaigns.MapGet("", ListAsync).WithName("ListCampaigns").RequireScope(Scopes.CampaignsRead).WithSummary("The campaigns, by id.");
        campaigns.MapGet("/{campaignId}", GetAsync).WithName("GetCampaign").RequireScope(Scopes.CampaignsRead).WithSummary("One campaign.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        campaigns.MapPut("/{campaignId}", PutAsync).WithName("PutCampaign").RequireScope(Scopes.CampaignsWrite)
            .Audited(AuditAction.CampaignsPut, target: "campaignId").WithJsonBody(CampaignSchema.Body)
            .WithSummary("Stores a campaign, replacing any with the same id.")
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        campaigns.MapDelete("/{campaignId}", DeleteAsync).WithName("DeleteCampaign").RequireScope(Scopes.CampaignsWrite)
            .Audited(AuditAction.CampaignsDelete, target: "campaignId")
            .WithSummary("Removes a campaign from recommendations. Its interactions stay in the log.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<CampaignResponse>>, ProblemHttpResult>> ListAsync(
        ICatalog catalog,
        CancellationToken cancellationToken,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 500), Description("Maximum number of items.")] int limit = 100)
    {
        if (!Cursor.TryDecode(List, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = (await catalog.CampaignsAsync(cancellationToken))
            .Where(campaign => after is null || string.CompareOrdinal(campaign.Id.Value, after) > 0)
            .OrderBy(static campaign => campaign.Id)
            .Take(limit + 1)
            .Select(CampaignResponse.From)
            .ToList();
        var next = page.Count > limit ? Cursor.Encode(List, page[limit - 1].CampaignId) : null;
        return TypedResults.Ok(new PageResponse<CampaignResponse>(page[..Math.Min(limit, page.Count)], next));
    }

    private static async Task<Results<Ok<CampaignResponse>, ProblemHttpResult>> GetAsync(
        RouteId campaignId, ICatalog catalog, CancellationToken cancellationToken)
    {
        var campaign = (await catalog.CampaignsAsync(cancellationToken))
            .FirstOrDefault(campaign => campaign.Id == campaignId.Campaign);
        return campaign is null ? NotFound() : TypedResults.Ok(CampaignResponse.From(campaign));
    }

    private static async Task<Results<Ok<CampaignResponse>, Created<CampaignResponse>, ProblemHttpResult>> PutAsync(
        RouteId campaignId,
        HttpRequest request,
        PipeReader body,
        IdPolicy ids,
        IngestBudget budget,
        CampaignReader reader,
        ICatalog catalog,
        CancellationToken cancellationToken)
    {
        if (ids.Check("campaignId", campaignId.Value) is { } refused)
        {
            return Problem.BadRequest([refused]);
        }

        if (!JsonContent.Is(request))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"{JsonContent.Rule}.");
        }

        if (await RequestBody.ReadAsync(body, MaxBodyBytes, budget, cancellationToken) is not { } json)
        {
            return Problem.TooLarge($"The body must not be larger than {MaxBodyBytes} bytes.");
        }

        if (!reader.TryRead(json, campaignId.Campaign, out var campaign, out var errors))
        {
            return Problem.Unprocessable(errors);
        }

        var isNew = await catalog.PutCampaignsAsync([campaign], cancellationToken) is [true];
        var response = CampaignResponse.From(campaign);
        return isNew
            ? TypedResults.Created($"/campaigns/{Uri.EscapeDataString(campaignId.Value)}", response)
            : TypedResults.Ok(response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        RouteId campaignId, ICatalog catalog, CancellationToken cancellationToken) =>
        await catalog.DeleteCampaignAsync(campaignId.Campaign, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() => Problem.NotFound("There is no campaign with this id.");
}
