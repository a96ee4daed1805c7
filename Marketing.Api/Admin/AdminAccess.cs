using System.Net;
using System.Security.Cryptography;
using System.Text;
using Marketing.Api.Problems;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Admin;

/// <summary>
/// Lets operators in: by a service token when one is set, else by being on the same machine. A request that a proxy
/// passed on, or that a browser sends for another site, comes from the same machine and is still not the operator's.
/// </summary>
internal sealed class AdminAccess(IOptions<AdminOptions> options) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _tokenHash = string.IsNullOrEmpty(options.Value.Token) ? null : Hash(options.Value.Token);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (_tokenHash is null)
        {
            return IsLocal(http)
                ? next(context)
                : ValueTask.FromResult<object?>(Problem.Of(StatusCodes.Status403Forbidden,
                    "Without Admin:Token set, only callers on the server's own machine may use this address."));
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _tokenHash))
        {
            return next(context);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ValueTask.FromResult<object?>(Problem.Of(StatusCodes.Status401Unauthorized,
            "Authorization must be 'Bearer' and the token that Admin:Token is set to."));
    }

    /// <summary>Equal lengths, so that the comparison tells nothing of the token's.</summary>
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static bool IsLocal(HttpContext http)
    {
        var headers = http.Request.Headers;
        var address = http.Connection.RemoteIpAddress; // Null for a Unix socket and for an in-process server.
        return (address is null || IPAddress.IsLoopback(address))
            && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded")
            && headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
            && IsLocalName(http.Request.Host.Host);
    }

    /// <summary>A site whose name was pointed at this machine would name itself here.</summary>
    private static bool IsLocalName(string host) =>
        host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
