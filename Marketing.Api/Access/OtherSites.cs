namespace Marketing.Api.Access;

/// <summary>
/// Detects requests that a browser sends on behalf of another site. Browsers send Sec-Fetch-Site on trustworthy connections, which
/// include localhost, and Origin on every request that can change state.
/// </summary>
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

    /// <summary>
    /// Also compares X-Forwarded-Host, because a gateway may have changed the host. Another site's page cannot send that header without
    /// CORS permission.
    /// </summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (Is(uri, request.Host) || Is(uri, new HostString(request.Headers["X-Forwarded-Host"].ToString())));

    private static bool Is(Uri origin, HostString host) =>
        host.HasValue
        && origin.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
