using Marketing.Projections.Ingestion;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Marketing.Api.Problems;

/// <summary>The errors of the API as RFC 9457 problem details; each names the field and what would be valid.</summary>
internal static class Problem
{
    /// <summary>400: a parameter or the body is malformed.</summary>
    public static ProblemHttpResult BadRequest(string field, string message) =>
        Invalid(StatusCodes.Status400BadRequest, [new FieldError(field, message)]);

    /// <summary>400: several parameters are malformed.</summary>
    public static ProblemHttpResult BadRequest(IReadOnlyList<FieldError> errors) => Invalid(StatusCodes.Status400BadRequest, errors);

    /// <summary>422: the body is well-formed but not valid.</summary>
    public static ProblemHttpResult Unprocessable(IReadOnlyList<FieldError> errors) =>
        Invalid(StatusCodes.Status422UnprocessableEntity, errors);

    /// <summary>404: there is no such resource.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>413: the body exceeds a limit.</summary>
    public static ProblemHttpResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, detail);

    /// <summary>A problem with any other status.</summary>
    public static ProblemHttpResult Of(int status, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Detail = detail });

    /// <summary>Adds what would be valid when routing alone refuses a request.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        ResponseHeaders.SetOn(context.HttpContext.Response);
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => "There is no endpoint at this URL; /scalar lists the endpoints.",
            StatusCodes.Status405MethodNotAllowed => $"The method must be one of {context.HttpContext.Response.Headers.Allow}.",
            StatusCodes.Status500InternalServerError => "The server failed. Its log has the details under this traceId.",
            _ => null,
        };
    }

    private static ProblemHttpResult Invalid(int status, IReadOnlyList<FieldError> errors) =>
        TypedResults.Problem(Details(status, errors));

    /// <summary>Creates the problem details for a list of field errors.</summary>
    public static HttpValidationProblemDetails Details(int status, IEnumerable<FieldError> errors)
    {
        var byField = errors
            .GroupBy(static error => error.Field, StringComparer.Ordinal)
            .ToDictionary(static field => field.Key, static field => field.Select(static error => error.Message).ToArray(), StringComparer.Ordinal);
        return new HttpValidationProblemDetails(byField)
        {
            Status = status,
            Title = null,
            Detail = byField.Values.First()[0],
        };
    }
}
