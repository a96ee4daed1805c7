using System.Runtime.CompilerServices;
using Marketing.Api.Interactions;
using Marketing.Api.Problems;
using Marketing.Recommender.Model;
using Marketing.Recommender.Ports;
using Marketing.Recommender.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Users;

/// <summary>Portability and erasure.</summary>
internal static class UserDataEndpoints
{
    /// <summary>Maps what a person may ask for by law.</summary>
    public static void MapUserData(this RouteGroupBuilder user)
    {
        user.MapGet("/export", ExportAsync).WithName("ExportUser").ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Everything that is known of a user, as one JSON document of any length, streamed.");
        user.MapDelete("", EraseAsync).WithName("EraseUser")
            .WithSummary("Erases a user from every store and the cache. Safe to repeat.");
    }

    private static async Task<Results<Ok<UserExportResponse>, ProblemHttpResult>> ExportAsync(
        RouteId userId, UserExport export, IInteractionLog log, CancellationToken cancellationToken)
    {
        var profile = await export.ProfileAsync(userId.User, cancellationToken);
        if (profile is null && (await log.ReadUserAsync(userId.User, null, 1, cancellationToken)).Items.Count == 0)
        {
            return Problem.NotFound("Nothing is known of this user.");
        }

        var edges = await export.EdgesAsync(userId.User, cancellationToken);
        return TypedResults.Ok(new UserExportResponse(
            userId.Value,
            profile?.Attributes ?? new Dictionary<string, string>(),
            [.. edges.Select(CampaignActivity.From)],
            InteractionsAsync(export, userId.User, cancellationToken)));
    }

    private static async IAsyncEnumerable<InteractionResponse> InteractionsAsync(
        UserExport export, UserId userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var interaction in export.InteractionsAsync(userId, cancellationToken))
        {
            yield return InteractionResponse.From(interaction);
        }
    }

    private static async Task<Ok<ErasureReport>> EraseAsync(
        RouteId userId, UserErasure erasure, CancellationToken cancellationToken) =>
        TypedResults.Ok(await erasure.EraseAsync(userId.User, cancellationToken));
}
