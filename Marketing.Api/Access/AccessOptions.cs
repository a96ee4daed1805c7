using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Who may call the API: keys, tokens of an identity provider, or anybody. See security.md.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
internal sealed record AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>Lets callers without a key do everything but <c>admin</c>, even where other machines can reach the API.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The first key, with the scope <c>admin</c> alone; its holder makes the other keys.</summary>
    public string? AdminKey { get; init; }

    /// <summary>More keys, for programs that are deployed together with the API.</summary>
    public IReadOnlyList<ConfiguredKey> Keys { get; init; } = [];

    /// <summary>The address of an OpenID Connect provider whose tokens are accepted; needs <see cref="Audience"/>.</summary>
    public string? Authority { get; init; }

    /// <summary>What the <c>aud</c> claim of a token must contain.</summary>
    public string? Audience { get; init; }

    /// <summary>The claim of a token that lists scopes: separated with spaces, as an array, or both.</summary>
    [Required(ErrorMessage = Section + ":ScopeClaim must be the name of a claim, such as scope, scp or roles.")]
    public string ScopeClaim { get; init; } = "scope";

    /// <summary>The requests with a wrong key or token that an address may send within <see cref="FailureWindow"/> before it gets 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxFailures { get; init; } = 10;

    /// <summary>The time window in which failures are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether keys or tokens are configured, so that a caller needs one.</summary>
    public bool HasCredentials =>
        !string.IsNullOrEmpty(AdminKey) || !string.IsNullOrEmpty(Authority) || Keys.Any(static key => !string.IsNullOrEmpty(key.Key));

    /// <summary>Whether this process may be reached by others: it asks for credentials, or is open on purpose.</summary>
    public bool MayBeReachedByOthers => HasCredentials || Anonymous;
}

/// <summary>A key that configuration defines.</summary>
internal sealed record ConfiguredKey
{
    /// <summary>What the key is for; shown in the audit trail.</summary>
    public string? Name { get; init; }

    /// <summary>The secret. Empty turns the key off, so that a deployment can declare one that is not always used.</summary>
    public string? Key { get; init; }

    /// <summary>The scopes, separated with spaces.</summary>
    public string? Scopes { get; init; }
}

/// <summary>Stops startup with a message that names the invalid setting.</summary>
[OptionsValidator]
internal sealed partial class AccessOptionsRanges : IValidateOptions<AccessOptions>;
