using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Controls access to <c>/admin</c>.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
internal sealed record AdminOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that callers must send.</summary>
    /// <remarks>Without one, only callers on the same machine have access.</remarks>
    public string? Token { get; init; }

    /// <summary>The failures that an address may have within <see cref="FailureWindow"/> before it gets 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxFailures { get; init; } = 10;

    /// <summary>The time window in which failures are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Stops startup with a message that names the invalid setting.</summary>
[OptionsValidator]
internal sealed partial class AdminOptionsRanges : IValidateOptions<AdminOptions>;

/// <summary>Stops startup when anyone could use <c>/admin</c>.</summary>
/// <remarks>
/// Without a secret, access depends on calls coming from this machine. That check fails when other machines can connect, or when a proxy
/// connects for them.
/// </remarks>
internal sealed class AdminOptionsValidator(IConfiguration configuration) : IValidateOptions<AdminOptions>
{
    /// <summary>The setting behind ASPNETCORE_FORWARDEDHEADERS_ENABLED, which indicates a proxy in front of the API.</summary>
    private const string ForwardedHeaders = "ForwardedHeaders_Enabled";

    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        if (!string.IsNullOrEmpty(options.Token))
        {
            return Secret.WhatIsWrong("Admin:Token", options.Token) is { } wrong
                ? ValidateOptionsResult.Fail($"{wrong}.")
                : ValidateOptionsResult.Success;
        }

        if (ListenAddresses.Of(configuration).FirstOrDefault(static address => !ListenAddresses.IsLoopback(address)) is { } open)
        {
            return ValidateOptionsResult.Fail(WhyItIsNeeded(open));
        }

        return string.Equals(configuration[ForwardedHeaders], "true", StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail(
                $"Admin:Token must be set behind a proxy (ASPNETCORE_FORWARDEDHEADERS_ENABLED is true), because every request then comes from the proxy; {Secret.HowToMake}.")
            : ValidateOptionsResult.Success;
    }

    /// <summary>The message for an address that other machines can connect to.</summary>
    public static string WhyItIsNeeded(string address) =>
        $"Admin:Token must be set to listen on {address}, which other machines can reach; without a token, only localhost is safe; {Secret.HowToMake}.";
}
