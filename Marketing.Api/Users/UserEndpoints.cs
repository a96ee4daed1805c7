using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using Marketing.Api.Access;
using Marketing.Api.Audit;
using Marketing.Api.Interactions;
using Marketing.Api.OpenApi;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Marketing.Recommendations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Marketing.Api.Users;

/// <summary>The endpoints for users.</summary>
internal static class UserEndpoints
{
    private const int CampaignsShown = 50;
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <summary>Maps <c>/users</c>.</summary>
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/users/{userId}").WithTags("Users").ProducesValidationProblem();
        users.MapGet("", GetAsync).WithName("GetUser").RequireScope(Scopes.UsersRead).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("What is known about a user.");
        users.MapPut("", PutAsync).WithName("PutUser").RequireScope(Scopes.UsersWrite)
            .Audited(AuditAction.UsersUpdate, person: "userId").WithJsonBody(static _ => AttributesSchema())
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Replaces all attributes of a user. Audiences match against them.");
        users.MapGet("/interactions", InteractionsAsync).WithName("GetUserInteractions").RequireScope(Scopes.UsersRead)
            .WithSummary("A user's interactions, newest first; empty for an unknown user.");
        users.MapGet("/similar", SimilarAsync).WithName("GetSimilarUsers").RequireScope(Scopes.UsersRead)
            .WithSummary("The users whose messages are most similar to this user's last one, best first.");
        users.MapUserData();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetAsync(
        RouteId userId, ICatalog catalog, IInteractionLog log, IInteractionGraph graph, CancellationToken cancellationToken)
    {
        var profile = await catalog.FindUserAsync(userId.User, cancellationToken);
        var newest = await log.ReadUserAsync(userId.User, null, 1, cancellationToken);
        if (profile is null && newest.Items.Count == 0)
        {
            return Problem.NotFound("Nothing is known about this user.");
        }

        var edges = await graph.EdgesAsync([userId.User], CampaignsShown, cancellationToken);
        return TypedResults.Ok(new UserResponse(
            userId.Value,
            profile?.Attributes ?? NoAttributes,
            newest.Items is [var last] ? last.OccurredAt : null,
            [.. edges.Select(CampaignActivity.From)]));
    }

    private static async Task<Results<Ok<UserAttributesResponse>, Created<UserAttributesResponse>, ProblemHttpResult>> PutAsync(
        RouteId userId,
        HttpRequest request,
        PipeReader body,
        IdPolicy ids,
        IngestBudget budget,
        ICatalog catalog,
        IAnswerInvalidation answers,
        CancellationToken cancellationToken)
    {
        if (ids.CheckUser("userId", userId.Value) is { } refused)
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

        if (!UserAttributesReader.TryRead(json, out var attributes, out var errors))
        {
            return Problem.Unprocessable(errors);
        }

        var isNew = await catalog.PutUserAsync(new UserProfile(userId.User, attributes), cancellationToken);
        await answers.InvalidateAsync([userId.User], cancellationToken);
        var response = new UserAttributesResponse(userId.Value, attributes);
        return isNew
            ? TypedResults.Created($"/users/{Uri.EscapeDataString(userId.Value)}", response)
            : TypedResults.Ok(response);
    }

    private static async Task<Results<Ok<PageResponse<InteractionResponse>>, ProblemHttpResult>> InteractionsAsync(
        RouteId userId,
        IInteractionLog log,
        CancellationToken cancellationToken,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 500), Description("Maximum number of items.")] int limit = 50)
    {
        var list = $"users/{userId.Value}/interactions";
        if (!Cursor.TryDecode(list, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = await log.ReadUserAsync(userId.User, after, limit, cancellationToken);
        return TypedResults.Ok(new PageResponse<InteractionResponse>(
            [.. page.Items.Select(InteractionResponse.From)], Cursor.Encode(list, page.NextCursor)));
    }

    private static async Task<Ok<SimilarUsersResponse>> SimilarAsync(
        RouteId userId,
        IRecommender recommender,
        CancellationToken cancellationToken,
        [Range(1, 100), Description("Maximum number of items.")] int limit = 5)
    {
        var similar = await recommender.SimilarUsersAsync(userId.User, limit, cancellationToken);
        return TypedResults.Ok(new SimilarUsersResponse([.. similar.Select(SimilarUserResponse.From)]));
    }

    private static OpenApiSchema AttributesSchema() => Schemas.Object("A user.", ["attributes"], new()
    {
        ["attributes"] = Schemas.Map(
            Schemas.Id("The value."), UserAttributesReader.MaxAttributes, "Attribute names with their values, such as segment: student."),
    });
}
