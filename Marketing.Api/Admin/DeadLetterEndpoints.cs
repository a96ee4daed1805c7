using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Audit;
using Marketing.Api.Problems;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Admin;

/// <summary>The endpoints for interactions that could not be ingested or projected.</summary>
internal static class DeadLetterEndpoints
{
    private const string List = "dead-letters";
    private const string SourceHelp = "The source, or its part before the colon: file:a.csv, or file for all files.";
    private const string ReasonHelp = "A substring of the reason, case-insensitive.";
    private const string SinceHelp = "Set aside at this time or later.";
    private const string BeforeHelp = "Set aside before this time.";

    /// <summary>Maps <c>/dead-letters</c>.</summary>
    public static void MapDeadLetters(this RouteGroupBuilder admin)
    {
        admin.MapGet("/dead-letters", ListAsync).WithName("ListDeadLetters").ProducesValidationProblem()
            .WithSummary("The dead letters that match the filters, newest first.");
        admin.MapPost("/dead-letters/replay", ReplayManyAsync).WithName("ReplayDeadLetters").Audited(AuditAction.DeadLettersReplay).ProducesValidationProblem()
            .WithSummary("Replays all dead letters that match the filters. Those that still fail stay, and the first of them are listed.");
        admin.MapDelete("/dead-letters", DeleteManyAsync).WithName("DeleteDeadLetters").Audited(AuditAction.DeadLettersDelete).ProducesValidationProblem()
            .WithSummary("Deletes all dead letters that match the filters; with all=true, every one.");
        admin.MapPost("/dead-letters/{id}/replay", ReplayAsync).WithName("ReplayDeadLetter").ProducesValidationProblem()
            .Audited(AuditAction.DeadLettersReplay, person: "id") // The id is derived from an event id.
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Replays a dead letter. If it still fails, it stays and the response is 422.");
        // Exclude "replay" as an id, so that DELETE on /dead-letters/replay answers 405 instead of matching this route.
        admin.MapDelete("/dead-letters/{id:regex(^(?!replay$))}", DeleteAsync).WithName("DeleteDeadLetter").ProducesValidationProblem()
            .Audited(AuditAction.DeadLettersDelete, person: "id")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Deletes a dead letter.");
    }

    private static async Task<Results<Ok<PageResponse<DeadLetterResponse>>, ProblemHttpResult>> ListAsync(
        IDeadLetters letters,
        CancellationToken cancellationToken,
        [Description(SourceHelp)] string? source = null,
        [Description(ReasonHelp)] string? reason = null,
        [Description(SinceHelp)] DateTimeOffset? since = null,
        [Description(BeforeHelp)] DateTimeOffset? before = null,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 500), Description("Maximum number of items.")] int limit = 50)
    {
        if (!Cursor.TryDecode(List, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = await letters.ListAsync(new DeadLetterFilter(source, reason, since, before), after, limit, cancellationToken);
        return TypedResults.Ok(new PageResponse<DeadLetterResponse>(
            [.. page.Items.Select(DeadLetterResponse.From)], Cursor.Encode(List, page.NextCursor)));
    }

    private static async Task<Ok<ReplayReport>> ReplayManyAsync(
        DeadLetterReplay replay,
        CancellationToken cancellationToken,
        [Description(SourceHelp)] string? source = null,
        [Description(ReasonHelp)] string? reason = null,
        [Description(SinceHelp)] DateTimeOffset? since = null,
        [Description(BeforeHelp)] DateTimeOffset? before = null) =>
        TypedResults.Ok(await replay.ReplayAsync(new DeadLetterFilter(source, reason, since, before), cancellationToken));

    private static async Task<Results<Ok<RemovedResponse>, ProblemHttpResult>> DeleteManyAsync(
        IDeadLetters letters,
        CancellationToken cancellationToken,
        [Description(SourceHelp)] string? source = null,
        [Description(ReasonHelp)] string? reason = null,
        [Description(SinceHelp)] DateTimeOffset? since = null,
        [Description(BeforeHelp)] DateTimeOffset? before = null,
        [Description("Must be true if there is no filter.")] bool all = false)
    {
        var filter = new DeadLetterFilter(source, reason, since, before);
        return filter == DeadLetterFilter.All && !all
            ? Problem.BadRequest("all", "all must be true to delete every dead letter; otherwise, filter by source, reason, since or before.")
            : TypedResults.Ok(new RemovedResponse(await letters.RemoveAsync(filter, cancellationToken)));
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

    private static ProblemHttpResult NotFound() => Problem.NotFound("There is no dead letter with this id.");
}
