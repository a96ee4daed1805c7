using System.Globalization;
using Marketing.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Lets operators in: with the secret when one is set, else from the same machine only.</summary>
/// <remarks>
/// A request that a proxy forwards, or that a browser sends for another site, also comes from this machine but does not come from the
/// operator.
/// </remarks>
internal sealed class AdminAccess(
    AdminSecret secret, FailedAttempts failed, IOptions<AdminOptions> options, ILogger<AdminAccess> logger) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return (secret.IsSet ? secret.IsShownBy(http.Request) : IsLocal(http))
            ? next(context)
            : ValueTask.FromResult<object?>(Refuse(http));
    }

    private ProblemHttpResult Refuse(HttpContext http)
    {
        var (failures, wait) = failed.Note(Caller.Address(http));
        Report(http, failures, wait);
        if (wait > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Problem.Of(StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture,
                $"Too many requests without the correct token came from this address; try again in {seconds} s."));
        }

        if (!secret.IsSet)
        {
            return Problem.Of(StatusCodes.Status403Forbidden,
                "Admin:Token is not set, so only direct calls from the server's own machine are accepted.");
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(StatusCodes.Status401Unauthorized, "Authorization must be 'Bearer' followed by the value of Admin:Token.");
    }

    /// <summary>Logs the first failure of an address and the one that exceeds the limit, so that a caller cannot flood the log.</summary>
    private void Report(HttpContext http, int failures, TimeSpan wait)
    {
        var address = Caller.Address(http)?.ToString() ?? "this process";
        if (failures == 1)
        {
            Log.AdminRefused(logger, address, !secret.IsSet ? "the request did not come directly from this machine"
                : http.Request.Headers.Authorization.Count == 0 ? "the request has no token" : "the request has a wrong token");
        }
        else if (wait > TimeSpan.Zero && failures == options.Value.MaxFailures + 1)
        {
            Log.AdminLimited(logger, address, failures, options.Value.FailureWindow);
        }
    }

    private static bool IsLocal(HttpContext http) =>
        Caller.IsOnThisMachine(http) && !OtherSites.AreBehind(http.Request) && HostNames.IsLoopback(http.Request.Host.Value);
}
