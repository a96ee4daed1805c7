using System.ComponentModel.DataAnnotations;
using Marketing.Api.Access;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Who may use <c>/admin</c>. Bound from the section <see cref="Section"/>.</summary>
internal sealed record AdminOptions
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that callers must show. Without one, only callers on the same machine are let in.</summary>
    public string? Token { get; init; }

    /// <summary>How many failures an address has within <see cref="FailureWindow"/> before it is answered with 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxFailures { get; init; } = 10;

    /// <summary>The time over which failures are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Stops the process at start with a sentence that names the wrong setting.</summary>
[OptionsValidator]
internal sealed partial class AdminOptionsRanges : IValidateOptions<AdminOptions>;

/// <summary>
/// Refuses a start in which anybody could administer: without a secret, "on this machine" must mean what it says. It does not
/// where others can connect, or where a proxy connects for them.
/// </summary>
internal sealed class AdminOptionsValidator(IConfiguration configuration) : IValidateOptions<AdminOptions>
{
    /// <summary>The setting behind ASPNETCORE_FORWARDEDHEADERS_ENABLED, which stands for a proxy in front.</summary>
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
                $"Admin:Token must be set behind a proxy (ASPNETCORE_FORWARDEDHEADERS_ENABLED is true), since every request then comes from the proxy; {Secret.HowToMake}.")
            : ValidateOptionsResult.Success;
    }

    /// <summary>What is said of an address that others can connect to.</summary>
    public static string WhyItIsNeeded(string address) =>
        $"Admin:Token must be set to listen on {address}, which others can reach: without it, callers on this machine need none, and only localhost is safe; {Secret.HowToMake}.";
}
