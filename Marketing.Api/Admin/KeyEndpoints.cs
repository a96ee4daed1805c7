using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Marketing.Api.Access;
using Marketing.Api.Audit;
using Marketing.Api.OpenApi;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Api.Admin;

/// <summary>The endpoints for API keys.</summary>
internal static class KeyEndpoints
{
    private const string List = "keys";
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>Maps <c>/keys</c>.</summary>
    public static void MapKeys(this RouteGroupBuilder admin)
    {
        admin.MapPost("/keys", CreateAsync).WithName("CreateKey").Audited(AuditAction.KeysCreate).WithJsonBody(static _ => KeyRequest.Schema())
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Makes a key. The response is the only one that shows it; the server keeps a hash.");
        admin.MapGet("/keys", ListAsync).WithName("ListKeys")
            .WithSummary("The keys, newest first, without their secrets. Those of the configuration are not listed.");
        admin.MapDelete("/keys/{id}", RevokeAsync).WithName("RevokeKey").Audited(AuditAction.KeysRevoke, target: "id")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Revokes a key: at once in the process that answers, within a second in all others.");
    }

    private static async Task<Results<Created<CreatedKeyResponse>, ProblemHttpResult>> CreateAsync(
        HttpRequest request, PipeReader body, IngestBudget budget, StoredKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!JsonContent.Is(request))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"{JsonContent.Rule}.");
        }

        if (await RequestBody.ReadAsync(body, MaxBodyBytes, budget, cancellationToken) is not { } json)
        {
            return Problem.TooLarge($"The body must not be larger than {MaxBodyBytes} bytes.");
        }

        var now = time.GetUtcNow();
        if (!KeyRequest.TryRead(json, now, out var wanted, out var errors))
        {
            return Problem.Unprocessable(errors);
        }

        var secret = Secret.NewKey();
        if (!KeyHash.TryCompute(secret, out var hash))
        {
            throw new CryptographicException("A new key is too long.");
        }

        var key = new AccessKey(Guid.CreateVersion7(now).ToString("N"), wanted.Name, wanted.Scopes, hash, now, wanted.ExpiresAt);
        await keys.AddAsync(key, cancellationToken);
        request.HttpContext.SetAuditTarget(key.Id);
        return TypedResults.Created((string?)null, CreatedKeyResponse.From(key, secret));
    }

    private static async Task<Results<Ok<PageResponse<KeyResponse>>, ProblemHttpResult>> ListAsync(
        IAccessKeys keys,
        CancellationToken cancellationToken,
        [Description("nextCursor of the previous page.")] string? cursor = null,
        [Range(1, 500), Description("Maximum number of items.")] int limit = 50)
    {
        if (!Cursor.TryDecode(List, cursor, out var after))
        {
            return Problem.BadRequest("cursor", $"{Cursor.Rule}.");
        }

        var page = (await keys.AllAsync(cancellationToken))
            .Where(key => after is null || string.CompareOrdinal(key.Id, after) < 0)
            .Take(limit + 1)
            .Select(KeyResponse.From)
            .ToList();
        var next = page.Count > limit ? Cursor.Encode(List, page[limit - 1].Id) : null;
        return TypedResults.Ok(new PageResponse<KeyResponse>(page[..Math.Min(limit, page.Count)], next));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        RouteId id, StoredKeys keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(id.Value, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.NotFound("There is no key with this id. A key of the configuration is removed there.");
}
