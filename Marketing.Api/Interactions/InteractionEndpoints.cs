using System.IO.Pipelines;
using Marketing.Api.Access;
using Marketing.Api.Limits;
using Marketing.Api.OpenApi;
using Marketing.Api.Problems;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Marketing.Api.Interactions;

/// <summary>The ingest endpoint.</summary>
internal static class InteractionEndpoints
{
    private const string Json = "application/json";
    private const string Ndjson = "application/x-ndjson";

    /// <summary>Maps <c>/interactions</c>.</summary>
    public static void MapInteractions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/interactions", PostAsync)
            .WithTags("Interactions")
            .WithName("PostInteractions")
            .WithLimitedStreams()
            .WithSummary("Accepts what people said and did: one interaction, an array, or a stream of lines.")
            .WithDescription(
                "A response means that the accepted interactions are durable: in the log (200), or in Kafka in front of it (202). Invalid ones are listed; 422 if nothing could be stored. "
                + "It is safe to send the same interaction again: it counts as a duplicate. A different interaction with the same eventId is a conflict and is rejected. A stream may have any length.")
            .WithMetadata(new NoSizeLimit()) // A stream has no limit; the size of JSON is checked while it is read.
            .WithBody(InteractionSchema.Content)
            .RequireScope(Scopes.InteractionsWrite)
            .Produces<IngestResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<IngestResponse>, Accepted<IngestResponse>, ProblemHttpResult>> PostAsync(
        HttpRequest request,
        PipeReader body,
        NdjsonIngestion stream,
        JsonIngestion batch,
        IIngestTarget target,
        IngestBudget budget,
        InteractionLimits limits,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        if (!TryGetFormat(request, out var lines))
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type must be {Json} (one interaction or an array) or {Ndjson} (one a line), in UTF-8.");
        }

        var tally = new IngestTally(limits.MaxListedRejections);
        try
        {
            using var share = lines ? budget.OpenStream() : budget.OpenBody();
            if (lines)
            {
                await stream.ReadAsync(body, tally, share, cancellationToken);
            }
            else if (await batch.ReadAsync(body, tally, share, cancellationToken) is { } error)
            {
                return JsonIngestion.IsTooLarge(error)
                    ? Problem.TooLarge(error.Message)
                    : Problem.BadRequest(error.Field, error.Message);
            }
        }
        catch (Exception exception) when (BodyProblem.Of(exception, request.HttpContext) is { } problem)
        {
            return Problem.Of(problem.Status, $"{problem.Detail} {tally.Accepted} interactions are durable. Send all of them again later; none is counted twice.");
        }
        catch (IngestUnavailableException exception)
        {
            Log.Unavailable(loggers.CreateLogger(typeof(InteractionEndpoints)), target.Name, exception);
            request.HttpContext.Response.Headers.RetryAfter = BodyProblem.RetryAfterSeconds;
            return Problem.Of(StatusCodes.Status503ServiceUnavailable,
                $"{target.Name} is not writable right now. {tally.Accepted} interactions are durable. Send all of them again later; none is counted twice.");
        }

        return Answer(tally, lines, target.KnowsDuplicates);
    }

    private static Results<Ok<IngestResponse>, Accepted<IngestResponse>, ProblemHttpResult> Answer(IngestTally tally, bool lines, bool final)
    {
        var response = IngestResponse.From(tally, lines);
        if (tally.Rejected + tally.Conflict == 0 || tally.Accepted + tally.Duplicate > 0)
        {
            return final ? TypedResults.Ok(response) : TypedResults.Accepted((string?)null, response);
        }

        var problem = Problem.Details(
            StatusCodes.Status422UnprocessableEntity, tally.Rejections.Concat(tally.Conflicts).Select(static refusal => refusal.Error));
        problem.Extensions["accepted"] = response.Accepted;
        problem.Extensions["duplicate"] = response.Duplicate;
        problem.Extensions["conflict"] = response.Conflict;
        problem.Extensions["erased"] = response.Erased;
        problem.Extensions["rejected"] = response.Rejected;
        problem.Extensions["rejections"] = response.Rejections;
        problem.Extensions["conflicts"] = response.Conflicts;
        return TypedResults.Problem(problem);
    }

    private static bool TryGetFormat(HttpRequest request, out bool lines)
    {
        lines = false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !JsonContent.IsUtf8(type))
        {
            return false;
        }

        lines = type.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase);
        return lines || type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class NoSizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => null;
    }
}
