using Marketing.Projections.Ingestion;

namespace Marketing.Api.Problems;

/// <summary>What is answered to a body that came too slowly, or while others hold all the memory for bodies.</summary>
internal static class BodyProblem
{
    /// <summary>When to try again what could not be taken.</summary>
    public const string RetryAfterSeconds = "5";

    /// <summary>The problem that an exception stands for, with its headers set; null for any other exception.</summary>
    public static (int Status, string Detail)? Of(Exception exception, HttpContext http)
    {
        switch (exception)
        {
            case IntakeOverloadException:
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
