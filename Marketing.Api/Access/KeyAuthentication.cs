using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Recognizes the key of a request, before any route is chosen; <see cref="ScopeCheck"/> decides what it may do.</summary>
internal sealed class KeyAuthentication(RequestDelegate next, KeyRing ring, TimeProvider time, IOptions<AccessOptions> options)
{
    private readonly bool _acceptsTokens = !string.IsNullOrEmpty(options.Value.Authority);

    public Task InvokeAsync(HttpContext http)
    {
        if (ShownSecret.TryFind(http.Request, out var secret))
        {
            Recognize(http, secret);
        }

        return next(http);
    }

    private void Recognize(HttpContext http, ReadOnlySpan<char> secret)
    {
        if (_acceptsTokens && IsToken(secret))
        {
            return; // TokenAuthentication takes it from here.
        }

        var now = time.GetUtcNow();
        var credential = ring.Find(secret);
        if (credential is null || credential.IsExpiredAt(now))
        {
            http.Features.Set(credential is null ? RefusedSecret.Unknown : RefusedSecret.Expired);
            return;
        }

        credential.Use(now);
        http.User = credential.Principal;
    }

    /// <summary>A JWT has two dots; no key that this API makes has one.</summary>
    private static bool IsToken(ReadOnlySpan<char> secret) => secret.Count('.') == 2;
}
