using Marketing.Api.Admin;
using Marketing.Api.Problems;

namespace Marketing.Api.Access;

/// <summary>
/// Stands before every route: refuses requests for a host that is not this server's, and what a browser sends for another
/// site without a secret. Both are how a web page would read a local server's data.
/// </summary>
internal sealed class AccessGuard(RequestDelegate next, HostNames hosts, AdminSecret secret, RefusedHosts refused)
{
    // What has nobody's data, and what people follow links to.
    private static readonly PathString[] Public = ["/scalar", "/openapi", "/health", "/alive"];

    public Task InvokeAsync(HttpContext http)
    {
        if (!hosts.Contain(http))
        {
            refused.Note();
            return Refuse(http, StatusCodes.Status400BadRequest,
                $"Host must be a name of this server: localhost, an address that it listens on, or one of {HostNames.Setting}.");
        }

        return OtherSites.AreBehind(http.Request) && !IsPublic(http.Request.Path) && !secret.IsShownBy(http.Request)
            ? Refuse(http, StatusCodes.Status403Forbidden,
                "A page of another site may not use this API. Call it from a server, or send the secret in Authorization.")
            : next(http);
    }

    private static bool IsPublic(PathString path)
    {
        if (path.Value is null or "" or "/")
        {
            return true;
        }

        foreach (var start in Public)
        {
            if (path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Task Refuse(HttpContext http, int status, string detail) => Problem.Of(status, detail).ExecuteAsync(http);
}
