using System.Text.RegularExpressions;
using Marketing.Recommender.Ingestion;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Marketing.Api.Problems;

/// <summary>Turns what the framework could not bind, or read, into a problem that names the parameter and what would be valid.</summary>
internal sealed partial class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = Describe(bad),
        });
    }

    private static ProblemDetails Describe(BadHttpRequestException exception)
    {
        // The framework tells the parameter in a sentence only.
        if (BindingFailure().Match(exception.Message) is { Success: true } failure)
        {
            var name = failure.Groups["name"].Value;
            return Problem.Details(exception.StatusCode, [new FieldError(name, $"{name} {Rule(failure.Groups["type"].Value)}.")]);
        }

        return new ProblemDetails
        {
            Status = exception.StatusCode,
            Detail = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "The body is larger than the server takes; send interactions as application/x-ndjson, which has no such limit."
                : "The request could not be read.",
        };
    }

    private static string Rule(string type) => type switch
    {
        "RouteId" => Identifier.Rule,
        "Window" => WindowText.Rule,
        "int" or "int?" => "must be a whole number",
        "bool" or "bool?" => "must be true or false",
        _ => "is not valid",
    };

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\w+)" from""")]
    private static partial Regex BindingFailure();
}
