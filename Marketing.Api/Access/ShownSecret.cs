using Microsoft.Extensions.Primitives;

namespace Marketing.Api.Access;

/// <summary>The key or token that a request shows.</summary>
internal static class ShownSecret
{
    /// <summary>The header for a key, for clients that use Authorization otherwise.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Bearer = "Bearer ";

    /// <summary>Finds the secret of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>False if the request shows none: both headers are absent or empty, or Authorization has another scheme.</returns>
    public static bool TryFind(HttpRequest request, out ReadOnlySpan<char> secret)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count > 0 && Text(authorization).StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            secret = Text(authorization).AsSpan(Bearer.Length).Trim();
            return !secret.IsEmpty;
        }

        secret = Text(request.Headers[KeyHeader]).AsSpan().Trim();
        return !secret.IsEmpty;
    }

    /// <summary>Several values are joined and match no key, so that a caller cannot try many at once.</summary>
    private static string Text(StringValues values) => values.ToString();
}
