using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Checks whether a request carries the secret of operators and schedulers.</summary>
internal sealed class AdminSecret(IOptions<AdminOptions> options)
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _hash = string.IsNullOrEmpty(options.Value.Token) ? null : Hash(options.Value.Token);

    /// <summary>Whether a secret is configured.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>Whether a request carries the secret; always false when none is configured.</summary>
    public bool IsShownBy(HttpRequest request)
    {
        if (_hash is null)
        {
            return false;
        }

        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _hash);
    }

    /// <summary>Hashes to a fixed length, so that the comparison does not leak the length of the secret.</summary>
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
