namespace Marketing.Api.Access;

/// <summary>
/// Tells what a browser sends because of another site's page. Browsers say so in Sec-Fetch-Site where the connection is
/// trustworthy (which localhost is), and in Origin on every request that can change something.
/// </summary>
internal static class OtherSites
{
    /// <summary>Whether another site's page is behind a request.</summary>
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

    /// <summary>A gateway may have changed the host; a page of another site cannot send X-Forwarded-Host without being allowed to.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (Is(uri, request.Host) || Is(uri, new HostString(request.Headers["X-Forwarded-Host"].ToString())));

    private static bool Is(Uri origin, HostString host) =>
        host.HasValue
        && origin.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
