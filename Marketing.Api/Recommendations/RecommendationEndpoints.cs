using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Problems;
using Marketing.Recommender.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Recommendations;

/// <summary>What the product is for.</summary>
internal static class RecommendationEndpoints
{
    /// <summary>Maps <c>/recommendations</c>.</summary>
    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/recommendations/{userId}", GetAsync)
            .WithTags("Recommendations")
            .WithName("GetRecommendations")
            .WithSummary("The campaigns that a user should see now, best first, with reasons.")
            .WithDescription("A user that nobody has heard of gets what is popular. `degraded` names the steps that could not contribute.")
            .ProducesValidationProblem();

    private static async Task<Results<Ok<Recommendation>, ProblemHttpResult>> GetAsync(
        RouteId userId,
        IRecommender recommender,
        CancellationToken cancellationToken,
        [Range(1, 100), Description("How many campaigns at most.")] int limit = 5,
        [Description("How to choose; the first of the list when left out.")] string? strategy = null,
        [Description("Whether each campaign comes with the users, similarities, edges and figures it came from.")] bool explain = false)
    {
        strategy ??= recommender.Strategies[0];
        if (!recommender.Strategies.Contains(strategy))
        {
            return Problem.BadRequest("strategy", $"strategy must be one of {string.Join(", ", recommender.Strategies)}.");
        }

        return TypedResults.Ok(await recommender.RecommendAsync(
            new RecommendationRequest(userId.User, limit, strategy, explain), cancellationToken));
    }
}
