using Marketing.Api.Problems;

namespace Marketing.Api.Access;

/// <summary>
/// Runs before every route and rejects two kinds of requests: those for a host name that is not this server's, and those that a browser
/// sends on behalf of another site without a key.
/// </summary>
/// <remarks>
/// Both are ways for a web page to read data from a local server. A browser never adds a key on its own, and a wrong one is refused later.
/// </remarks>
internal sealed class AccessGuard(RequestDelegate next, HostNames hosts, RefusedHosts refused)
{
    // Paths that hold no personal data and that people open from links.
    private static readonly PathString[] Public = ["/scalar", "/openapi", "/health", "/alive"];

    public Task InvokeAsync(HttpContext http)
    {
        if (!hosts.Contain(http))
        {
            refused.Note();
            return Refuse(http, StatusCodes.Status400BadRequest,
                $"Host must name this server: localhost, an address that it listens on, or a name in {HostNames.Setting}.");
        }

        return OtherSites.AreBehind(http.Request) && !IsPublic(http.Request.Path) && !ShownSecret.TryFind(http.Request, out _)
            ? Refuse(http, StatusCodes.Status403Forbidden,
                "Pages of other sites must not call this API. Call it from a server, with a key.")
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
