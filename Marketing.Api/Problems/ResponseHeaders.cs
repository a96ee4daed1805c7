using Scalar.AspNetCore;

namespace Marketing.Api.Problems;

/// <summary>
/// What every answer tells browsers and caches: it is what its content type says, nobody may frame it, and nobody keeps it,
/// for most of what this API answers is about a person.
/// </summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    private const string NoContent = "default-src 'none'; frame-ancestors 'none'";
    private static readonly PathString Reference = "/scalar";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Reference, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.OnStarting(AllowThePage, http); // Its nonce is made when it is written.
        }
        else
        {
            SetOn(http.Response);
        }

        return next(http);
    }

    /// <summary>Sets them; again on an error, since what handles errors clears the headers before.</summary>
    public static void SetOn(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = NoContent;
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>The reference page is a script of ours, which sets styles and calls this API, and nothing else.</summary>
    private static Task AllowThePage(object state)
    {
        var http = (HttpContext)state;
        var nonce = http.Items[ScalarOptions.NonceHttpContextItemKey] is string value ? $" 'nonce-{value}'" : "";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }
}
