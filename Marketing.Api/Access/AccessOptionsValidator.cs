using Marketing.Domain;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Stops startup when a credential is weak or incomplete, or when anybody could call the API by accident.</summary>
/// <remarks>
/// Without credentials, access depends on calls coming from this machine. That check fails when other machines can connect, or when a proxy
/// connects for them.
/// </remarks>
internal sealed class AccessOptionsValidator(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    /// <summary>The setting behind ASPNETCORE_FORWARDEDHEADERS_ENABLED, which indicates a proxy in front of the API.</summary>
    private const string ForwardedHeaders = "ForwardedHeaders_Enabled";

    private const string WhatToSet =
        $"set Access:AdminKey, Access:Keys or Access:Authority, or let everybody in on purpose with Access:Anonymous=true. For a key, {Secret.HowToMake}.";

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var wrong = Renamed() ?? WrongKey(options) ?? WrongIssuer(options) ?? Exposed(options);
        return wrong is null ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <summary>The message for an address that other machines can connect to.</summary>
    public static string WhyItIsRefused(string address) =>
        $"The API must not listen on {address}, which other machines can reach, while anybody may call it: {WhatToSet}";

    /// <summary>A setting of an earlier version. Ignoring it would leave out a protection that its owner relies on.</summary>
    private string? Renamed() =>
        !string.IsNullOrEmpty(configuration["Admin:Token"])
            ? "Admin:Token is no longer a setting: use Access:AdminKey, whose value is sent in the same way."
        : configuration.GetSection("Admin").GetChildren().FirstOrDefault(static setting => setting.Key is "MaxFailures" or "FailureWindow") is { } old
            ? $"Admin:{old.Key} is no longer a setting: use Access:{old.Key}."
            : null;

    private static string? WrongKey(AccessOptions options)
    {
        var secrets = new HashSet<string>(StringComparer.Ordinal);
        if (options.AdminKey is { Length: > 0 } admin)
        {
            if (Secret.WhatIsWrong("Access:AdminKey", admin) is { } weak)
            {
                return $"{weak}.";
            }

            secrets.Add(admin);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Keys.Count; i++)
        {
            var (key, setting) = (options.Keys[i], $"Access:Keys:{i}");
            if (string.IsNullOrEmpty(key.Key))
            {
                continue;
            }

            var wrong = WrongName(key.Name, setting) ?? Secret.WhatIsWrong($"{setting}:Key", key.Key) ?? WrongScopes(key.Scopes, setting);
            if (wrong is not null)
            {
                return $"{wrong}.";
            }

            if (!names.Add(key.Name!) || !secrets.Add(key.Key))
            {
                return $"{setting} must have a Name and a Key of its own, but another key of the configuration has one of them.";
            }
        }

        return null;
    }

    private static string? WrongName(string? name, string setting) =>
        Identifier.IsValid(name) ? null : $"{setting}:Name {Identifier.Rule}";

    private static string? WrongScopes(string? scopes, string setting)
    {
        var names = scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return names.Length > 0 && names.All(static one => ScopeNames.Find(one) != Scopes.None)
            ? null
            : $"{setting}:Scopes must be one or more of {string.Join(", ", ScopeNames.All)}, separated with spaces";
    }

    private static string? WrongIssuer(AccessOptions options)
    {
        if (string.IsNullOrEmpty(options.Authority))
        {
            return string.IsNullOrEmpty(options.Audience) ? null : "Access:Audience needs Access:Authority, the address of the provider that issues tokens.";
        }

        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
            || (authority.Scheme != Uri.UriSchemeHttps && !(authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            return "Access:Authority must be the https address of an OpenID Connect provider; http is allowed on this machine only.";
        }

        return string.IsNullOrEmpty(options.Audience)
            ? "Access:Audience must be set with Access:Authority; otherwise a token that the provider issued for another service would be accepted."
            : null;
    }

    private string? Exposed(AccessOptions options) =>
        options.MayBeReachedByOthers ? null
        : ListenAddresses.Of(configuration).FirstOrDefault(static address => !ListenAddresses.IsLoopback(address)) is { } open ? WhyItIsRefused(open)
        : string.Equals(configuration[ForwardedHeaders], "true", StringComparison.OrdinalIgnoreCase)
            ? $"The API must not run behind a proxy (ASPNETCORE_FORWARDEDHEADERS_ENABLED is true) while anybody may call it: {WhatToSet}"
            : null;
}
