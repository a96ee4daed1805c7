using Marketing.Api.Access;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Marketing.Tests.Documentation.Examples;

#region TotalsEndpoints
/// <summary>The size of the log.</summary>
/// <param name="Interactions">How many interactions the log holds.</param>
internal sealed record TotalsResponse(long Interactions);

/// <summary>The size of the log.</summary>
internal static class TotalsEndpoints
{
    public static void MapTotals(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/totals", GetAsync).WithTags("Totals").WithName("GetTotals").RequireScope(Scopes.AnalyticsRead)
            .WithSummary("How many interactions the log holds.");

    private static async Task<Ok<TotalsResponse>> GetAsync(IInteractionLog log, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TotalsResponse((await log.StatisticsAsync(cancellationToken)).Total));
}
#endregion
