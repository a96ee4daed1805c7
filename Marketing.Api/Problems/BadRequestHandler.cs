using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Marketing.Api.Problems;

/// <summary>Turns an unreadable body into problem details.</summary>
/// <remarks>Parameters never get here, because <see cref="ParameterCheck"/> rejects them first.</remarks>
internal sealed class BadRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (BodyProblem.Of(exception, httpContext) is { } problem)
        {
            httpContext.Response.StatusCode = problem.Status;
            return problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = new ProblemDetails { Status = problem.Status, Detail = problem.Detail },
            });
        }

        if (exception is not BadHttpRequestException bad)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = bad.StatusCode;
        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails { Status = bad.StatusCode, Detail = DetailOf(bad) },
        });
    }

    private static string DetailOf(BadHttpRequestException exception) => exception switch
    {
        UnreadableBodyException ours => ours.Message,
        { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            "The body is larger than the server accepts. Send interactions as application/x-ndjson, which has no such limit.",
        { StatusCode: StatusCodes.Status408RequestTimeout } => "The body arrived too slowly; send it again.",
        _ => "The request could not be read: it ended early or is not valid HTTP.",
    };
}

/// <summary>Thrown when a body cannot be read further; the message is for the sender.</summary>
internal sealed class UnreadableBodyException(int status, string message) : BadHttpRequestException(message, status);
