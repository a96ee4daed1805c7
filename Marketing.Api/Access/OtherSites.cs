namespace Marketing.Api.Access;

/// <summary>Detects requests that a browser sends on behalf of another site.</summary>
/// <remarks>
/// Browsers send Sec-Fetch-Site on trustworthy connections, which include localhost, and Origin on every request that can change state.
/// </remarks>
internal static class OtherSites
{
    /// <summary>Whether a request comes from another site's page.</summary>
    public static bool AreBehind(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            return site is not ["same-origin"] and not ["none"];
        }

        var origin = request.Headers.Origin;
        return origin.Count > 0 && !IsOwn(origin.ToString(), request);
    }

    /// <summary>Whether an origin is this server, by Host or, behind a gateway that changed the host, X-Forwarded-Host.</summary>
    /// <remarks>Another site's page cannot send that header without CORS permission.</remarks>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (Is(uri, request.Host) || Is(uri, new HostString(request.Headers["X-Forwarded-Host"].ToString())));

    private static bool Is(Uri origin, HostString host) =>
        host.HasValue
        && origin.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
