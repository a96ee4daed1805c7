using Marketing.Projections.Ingestion;

namespace Marketing.Api.Problems;

/// <summary>The response to a body that arrives too slowly, or while the memory for bodies is exhausted.</summary>
internal static class BodyProblem
{
    /// <summary>The Retry-After value, in seconds.</summary>
    public const string RetryAfterSeconds = "5";

    /// <summary>Returns the problem for an exception and sets its headers; null for any other exception.</summary>
    public static (int Status, string Detail)? Of(Exception exception, HttpContext http)
    {
        switch (exception)
        {
            case IngestOverloadException:
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                http.Response.Headers.Connection = "close"; // The rest of the body is not read.
                return (StatusCodes.Status503ServiceUnavailable, exception.Message);
            case SlowBodyException:
                http.Response.Headers.Connection = "close";
                return (StatusCodes.Status408RequestTimeout, exception.Message);
            default:
                return null;
        }
    }
}
