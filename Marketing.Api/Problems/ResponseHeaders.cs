using Scalar.AspNetCore;

namespace Marketing.Api.Problems;

/// <summary>
/// Sets security headers on every response: no content sniffing, no framing, no use by other sites, no address of this server in requests
/// to others, and no caching, because most responses and many addresses contain personal data.
/// </summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    private const string NoContent = "default-src 'none'; frame-ancestors 'none'";
    private static readonly PathString Reference = "/scalar";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Reference, StringComparison.OrdinalIgnoreCase))
        {
            SetEverywhere(http.Response.Headers);
            http.Response.OnStarting(AllowThePage, http); // The nonce exists only when the page is written.
        }
        else
        {
            SetOn(http.Response);
        }

        return next(http);
    }

    /// <summary>Sets the headers.</summary>
    /// <remarks>Error handling calls this again, because it clears the headers first.</remarks>
    public static void SetOn(HttpResponse response)
    {
        SetEverywhere(response.Headers);
        response.Headers.ContentSecurityPolicy = NoContent;
        response.Headers.CacheControl = "no-store";
    }

    private static void SetEverywhere(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // For browsers that do not know frame-ancestors.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Allows the reference page one script of ours, which sets styles and calls this API.</summary>
    /// <remarks>Everything else stays blocked.</remarks>
    private static Task AllowThePage(object state)
    {
        var http = (HttpContext)state;
        http.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var nonce = http.Items[ScalarOptions.NonceHttpContextItemKey] is string value ? $" 'nonce-{value}'" : "";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }
}
