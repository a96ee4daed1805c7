using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Problems;
using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Admin;

/// <summary>What could not be taken in or projected, until an operator decides.</summary>
internal static class DeadLetterEndpoints
{
    private const string List = "dead-letters";

    /// <summary>Maps <c>/dead-letters</c>.</summary>
    public static void MapDeadLetters(this RouteGroupBuilder admin)
    {
        admin.MapGet("/dead-letters", ListAsync).WithName("ListDeadLetters").ProducesValidationProblem()
            .WithSummary("What was set aside, newest first.");
        admin.MapPost("/dead-letters/{id}/replay", ReplayAsync).WithName("ReplayDeadLetter").ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Tries a dead letter again; 422 when it is still refused, and then it stays.");
        admin.MapDelete("/dead-letters/{id}", DeleteAsync).WithName("DeleteDeadLetter").ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Gives a dead letter up.");
    }

    private static async Task<Results<Ok<PageResponse<DeadLetterResponse>>, ProblemHttpResult>> ListAsync(
        IDeadLetters letters,
        CancellationToken cancellationToken,
        [Description("nextCursor of the page before.")] string? cursor = null,
        [Range(1, 500), Description("How many at most.")] int limit = 50)
    {
        if (!Cursor.TryDecode(List, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = await letters.ListAsync(after, limit, cancellationToken);
        return TypedResults.Ok(new PageResponse<DeadLetterResponse>(
            [.. page.Items.Select(DeadLetterResponse.From)], Cursor.Encode(List, page.NextCursor)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(
        RouteId id, IDeadLetters letters, DeadLetterReplay replay, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id.Value, cancellationToken) is not { } letter)
        {
            return NotFound();
        }

        return await replay.ReplayAsync(letter, cancellationToken) is { } error
            ? Problem.Unprocessable([error])
            : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        RouteId id, IDeadLetters letters, CancellationToken cancellationToken) =>
        await letters.RemoveAsync(id.Value, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult NotFound() => Problem.NotFound("There is no dead letter of this id.");
}
