using System.Runtime.CompilerServices;
using Marketing.Api.Access;
using Marketing.Api.Audit;
using Marketing.Api.Interactions;
using Marketing.Api.Limits;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Users;

/// <summary>The endpoints for data export and erasure.</summary>
internal static class UserDataEndpoints
{
    /// <summary>Maps the endpoints for requests that a person has a legal right to make.</summary>
    public static void MapUserData(this RouteGroupBuilder user)
    {
        user.MapGet("/export", ExportAsync).WithName("ExportUser").RequireScope(Scopes.UsersWrite)
            .Audited(AuditAction.UsersExport, person: "userId").WithLimitedStreams().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Everything known about a user, streamed as one JSON document.");
        user.MapDelete("", EraseAsync).WithName("EraseUser").RequireScope(Scopes.UsersWrite)
            .Audited(AuditAction.UsersErase, person: "userId")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Erases a user from every store and the cache. Safe to repeat.")
            .WithDescription(
                "200: nothing is left. 202: the remaining steps are recorded and retried in the background until they succeed. "
                + "Events from before the erasure are rejected if they are sent again; later events are accepted.");
    }

    private static async Task<Results<Ok<UserExportResponse>, ProblemHttpResult>> ExportAsync(
        RouteId userId, UserExport export, IInteractionLog log, CancellationToken cancellationToken)
    {
        var profile = await export.ProfileAsync(userId.User, cancellationToken);
        var letters = await export.DeadLettersAsync(userId.User, cancellationToken);
        if (profile is null && letters.Count == 0 && (await log.ReadUserAsync(userId.User, null, 1, cancellationToken)).Items.Count == 0)
        {
            return Problem.NotFound("Nothing is known about this user.");
        }

        var edges = await export.EdgesAsync(userId.User, cancellationToken);
        return TypedResults.Ok(new UserExportResponse(
            userId.Value,
            profile?.Attributes ?? new Dictionary<string, string>(),
            [.. edges.Select(CampaignActivity.From)],
            [.. letters.Select(ExportedDeadLetter.From)],
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

    private static async Task<Results<Ok<ErasureReport>, Accepted<ErasureReport>, ProblemHttpResult>> EraseAsync(
        RouteId userId, UserErasure erasure, CancellationToken cancellationToken)
    {
        try
        {
            var report = await erasure.EraseAsync(userId.User, cancellationToken);
            return report.Remaining.Count == 0 ? TypedResults.Ok(report) : TypedResults.Accepted((string?)null, report);
        }
        catch (ErasureFailedException)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable,
                "The log is not writable right now, so the erasure was not recorded. Send the request again later; it is safe to repeat.");
        }
    }
}
