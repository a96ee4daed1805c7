using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>The secret of operators and schedulers, and whether a request shows it.</summary>
internal sealed class AdminSecret(IOptions<AdminOptions> options)
{
    private const string Scheme = "Bearer ";
    private readonly byte[]? _hash = string.IsNullOrEmpty(options.Value.Token) ? null : Hash(options.Value.Token);

    /// <summary>Whether there is one.</summary>
    public bool IsSet => _hash is not null;

    /// <summary>Whether a request has it; never when there is none.</summary>
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

    /// <summary>Equal lengths, so that the comparison tells nothing of the secret's.</summary>
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
