using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Access;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Recommendations;

/// <summary>The endpoint for recommendations.</summary>
internal static class RecommendationEndpoints
{
    /// <summary>Maps <c>/recommendations</c>.</summary>
    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/recommendations/{userId}", GetAsync)
            .WithTags("Recommendations")
            .WithName("GetRecommendations")
            .WithSummary("The campaigns that a user should see now, best first, with reasons.")
            .WithDescription("An unknown user gets popular campaigns. `degraded` names the steps that could not contribute.")
            .RequireScope(Scopes.RecommendationsRead)
            .ProducesValidationProblem();

    private static async Task<Results<Ok<Recommendation>, ProblemHttpResult>> GetAsync(
        RouteId userId,
        IRecommender recommender,
        CancellationToken cancellationToken,
        [Range(1, 100), Description("Maximum number of campaigns.")] int limit = 5,
        [Description("How campaigns are chosen, case-insensitive. Default: Recommender:DefaultStrategy.")] string? strategy = null,
        [Description("Whether to return the evidence for each campaign: users, similarities, edges and figures.")] bool explain = false)
    {
        return Choice.Find(recommender.Strategies, strategy ?? recommender.DefaultStrategy) is { } known
            ? TypedResults.Ok(await recommender.RecommendAsync(
                new RecommendationRequest(userId.User, limit, known, explain), cancellationToken))
            : Problem.BadRequest("strategy", Choice.Rule("strategy", recommender.Strategies));
    }
}
