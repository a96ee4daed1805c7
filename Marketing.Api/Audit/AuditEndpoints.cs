using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marketing.Api.Problems;
using Marketing.Domain.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Audit;

/// <summary>The endpoint that shows the audit trail.</summary>
internal static class AuditEndpoints
{
    private const string List = "audit";

    /// <summary>Maps <c>/audit</c>.</summary>
    public static void MapAudit(this RouteGroupBuilder admin) =>
        admin.MapGet("/audit", ListAsync).WithName("ListAudit")
            .WithSummary("Who erased, exported or changed something, newest first.");

    private static async Task<Results<Ok<PageResponse<AuditEntryResponse>>, ProblemHttpResult>> ListAsync(
        IAuditTrail trail,
        CancellationToken cancellationToken,
        [Description("What was done.")] string? action = null,
        [Description("The id or the name of the actor.")] string? actor = null,
        [Description("The id of the user, campaign, key or other target; or the hash that an entry shows.")] string? target = null,
        [Description("At this time or later.")] DateTimeOffset? since = null,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 500), Description("Maximum number of items.")] int limit = 50)
    {
        var known = action is null ? null : Choice.Find(AuditAction.All, action);
        if (action is not null && known is null)
        {
            return Problem.BadRequest("action", Choice.Rule("action", AuditAction.All));
        }

        if (!Cursor.TryDecode(List, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = await trail.ListAsync(new AuditFilter(known, actor, target, since), after, limit, cancellationToken);
        return TypedResults.Ok(new PageResponse<AuditEntryResponse>(
            [.. page.Items.Select(AuditEntryResponse.From)], Cursor.Encode(List, page.NextCursor)));
    }
}

/// <summary>One action of one caller.</summary>
/// <param name="Id">The id; later entries have greater ids.</param>
/// <param name="At">When the action ended; for denied attempts, when the last one was denied.</param>
/// <param name="Action">What was done.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Address">The IP address of the connection; absent for a command, and for attempts from many addresses.</param>
/// <param name="Target">What it was done to; of a user or a dead letter only a hash.</param>
/// <param name="Outcome">The HTTP status of the answer; 200 or 500 for a command.</param>
/// <param name="Count">How many attempts the entry stands for; more than one only for denied ones.</param>
internal sealed record AuditEntryResponse(
    string Id, DateTimeOffset At, string Action, AuditActorResponse Actor, string? Address, string? Target, int Outcome, int Count)
{
    public static AuditEntryResponse From(AuditEntry entry) => new(
        entry.Id, entry.At, entry.Action, new AuditActorResponse(entry.Actor.Id, entry.Actor.Name), entry.Address, entry.Target?.Id,
        entry.Outcome, entry.Count);
}

/// <summary>Who did something.</summary>
/// <param name="Id">The id of the key, or the subject of the token; <c>anonymous</c> without credentials.</param>
/// <param name="Name">The name.</param>
internal sealed record AuditActorResponse(string Id, string Name);
