using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Limits;

/// <summary>Limits how much one caller can ask for. <c>/health</c> and <c>/alive</c> are never limited.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
internal sealed record LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>The requests per second of one API key or one subject of a token; 0 for no limit.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerSecondOfKey { get; init; } = 5_000;

    /// <summary>
    /// The requests per second without a valid key from one IPv4 address, or one IPv6 /64 network; 0 for no limit. Behind a proxy,
    /// the address is that of the proxy.
    /// </summary>
    [Range(0, 10_000_000)]
    public int RequestsPerSecondOfAddress { get; init; } = 1_000;

    /// <summary>How many seconds of unused requests a caller can use at once.</summary>
    [Range(1, 3_600)]
    public int BurstSeconds { get; init; } = 2;

    /// <summary>The uploads of NDJSON and exports that one key or address may have open at the same time; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int StreamsOfCaller { get; init; } = 64;

    /// <summary>Whether direct calls from the server's own machine are limited too.</summary>
    public bool IncludeLoopback { get; init; }
}

/// <summary>Stops startup with a message that names the invalid limit.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
