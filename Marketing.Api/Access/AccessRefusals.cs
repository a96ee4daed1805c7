using System.Globalization;
using Marketing.Api.Problems;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>The answers to callers who are not let in (RFC 6750, section 3). Each names the scope that is needed, and nothing else.</summary>
internal sealed class AccessRefusals(FailedAttempts failed, IOptions<AccessOptions> options, ILogger<AccessRefusals> logger)
{
    /// <summary>401: the request shows neither key nor token.</summary>
    public static Task MissingAsync(HttpContext http, RequiredScope required)
    {
        Challenge(http, "Bearer");
        return AnswerAsync(http, StatusCodes.Status401Unauthorized, required,
            $"This needs a key with the scope {required.Name}. Send it as 'Authorization: Bearer KEY' or as '{ShownSecret.KeyHeader}: KEY'.");
    }

    /// <summary>403: the caller is known and lacks the scope.</summary>
    public static Task LacksAsync(HttpContext http, RequiredScope required)
    {
        Challenge(http, $"Bearer error=\"insufficient_scope\", scope=\"{required.Name}\"");
        return AnswerAsync(http, StatusCodes.Status403Forbidden, required, $"This needs the scope {required.Name}, which the key or token does not have.");
    }

    /// <summary>401: the key or token is wrong. 429 if the address has shown too many of them.</summary>
    public Task WrongAsync(HttpContext http, RefusedSecret refused, RequiredScope required)
    {
        if (refused.Status != StatusCodes.Status401Unauthorized)
        {
            return AnswerAsync(http, refused.Status, required, refused.Detail);
        }

        if (TooMany(http, "the key or token is wrong") is { } limited)
        {
            return limited;
        }

        Challenge(http, "Bearer error=\"invalid_token\"");
        return AnswerAsync(http, StatusCodes.Status401Unauthorized, required, $"{refused.Detail} This needs the scope {required.Name}.");
    }

    /// <summary>403: nobody has a key for this, and the call does not come directly from this machine.</summary>
    public Task NotLocalAsync(HttpContext http, RequiredScope required) =>
        TooMany(http, "the request did not come directly from this machine")
        ?? AnswerAsync(http, StatusCodes.Status403Forbidden, required,
            $"This needs the scope {required.Name}. Access:AdminKey is not set, so only direct calls from the server's own machine have it.");

    private Task? TooMany(HttpContext http, string reason)
    {
        var (failures, wait) = failed.Note(Caller.Address(http));
        Report(http, failures, wait, reason);
        if (wait <= TimeSpan.Zero)
        {
            return null;
        }

        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.RetryAfter = seconds;
        return Problem.Of(StatusCodes.Status429TooManyRequests,
            $"Too many requests without a correct key came from this address; try again in {seconds} s.").ExecuteAsync(http);
    }

    /// <summary>Logs the first failure of an address and the one that exceeds the limit, so that a caller cannot flood the log.</summary>
    private void Report(HttpContext http, int failures, TimeSpan wait, string reason)
    {
        var address = Caller.Address(http)?.ToString() ?? "this process";
        if (failures == 1)
        {
            Log.CallerRefused(logger, address, reason);
        }
        else if (wait > TimeSpan.Zero && failures == options.Value.MaxFailures + 1)
        {
            Log.CallerLimited(logger, address, failures, options.Value.FailureWindow);
        }
    }

    private static void Challenge(HttpContext http, string challenge) => http.Response.Headers.WWWAuthenticate = challenge;

    private static Task AnswerAsync(HttpContext http, int status, RequiredScope required, string detail)
    {
        var problem = Problem.Of(status, detail);
        problem.ProblemDetails.Extensions["scope"] = required.Name;
        return problem.ExecuteAsync(http);
    }
}
