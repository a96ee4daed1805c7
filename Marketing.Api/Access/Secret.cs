using System.Globalization;

namespace Marketing.Api.Access;

/// <summary>What a secret that an operator chooses must be like: too long to be guessed, and possible to send.</summary>
internal static class Secret
{
    /// <summary>128 bits in hexadecimal.</summary>
    public const int MinLength = 32;

    // Thirty-two random hexadecimal digits have fewer than eight different ones once in 200,000 times; a word or a repeated key has.
    private const int MinDifferent = 8;

    /// <summary>How to make one.</summary>
    public const string HowToMake = "make one with: openssl rand -hex 32";

    /// <summary>Null when a secret is strong enough, or a sentence that says what would be and does not show it.</summary>
    /// <param name="setting">Where it is set.</param>
    /// <param name="secret">The secret.</param>
    public static string? WhatIsWrong(string setting, string secret)
    {
        if (secret.Any(static character => character is <= ' ' or > '~'))
        {
            return $"{setting} must consist of visible ASCII characters, without spaces; {HowToMake}";
        }

        return secret.Length < MinLength || secret.Distinct().Count() < MinDifferent
            ? string.Create(CultureInfo.InvariantCulture,
                $"{setting} must have at least {MinLength} characters, {MinDifferent} of them different, so that nobody can guess it; {HowToMake}")
            : null;
    }
}
