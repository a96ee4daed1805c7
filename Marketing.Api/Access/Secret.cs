using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Marketing.Domain;

namespace Marketing.Api.Access;

/// <summary>Makes keys, and checks those that an operator chooses: too long to guess, and safe to send in a header.</summary>
internal static class Secret
{
    /// <summary>128 bits in hexadecimal.</summary>
    public const int MinLength = 32;

    /// <summary>The longest secret that a request can show.</summary>
    public const int MaxLength = KeyHash.MaxSecretLength;

    // Of 32 random hexadecimal digits, fewer than eight distinct ones occur once in 200,000 keys; a word or a repeated key has fewer.
    private const int MinDifferent = 8;

    /// <summary>A hint on how to generate a secret.</summary>
    public const string HowToMake = "make one with: openssl rand -hex 32";

    // Marks a leaked key as one of ours, for people and for scanners.
    private const string Prefix = "mk_";
    private const int RandomBytes = 32;

    /// <summary>Makes a key with 256 random bits, in letters, digits, hyphens and underscores.</summary>
    public static string NewKey() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Returns null when a secret is strong enough, else a message that states the rule without showing the secret.</summary>
    /// <param name="setting">The name of the setting.</param>
    /// <param name="secret">The secret.</param>
    public static string? WhatIsWrong(string setting, string secret)
    {
        if (secret.Any(static character => character is <= ' ' or > '~'))
        {
            return $"{setting} must contain only visible ASCII characters and no spaces; {HowToMake}";
        }

        if (secret.Length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{setting} must have at most {MaxLength} characters; {HowToMake}");
        }

        return secret.Length < MinLength || secret.Distinct().Count() < MinDifferent
            ? string.Create(CultureInfo.InvariantCulture,
                $"{setting} must have at least {MinLength} characters, {MinDifferent} of them different, so that nobody can guess it; {HowToMake}")
            : null;
    }
}
