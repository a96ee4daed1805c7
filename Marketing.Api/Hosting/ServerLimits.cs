using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>What one caller may take of the server: connections and time. Bound from the section <see cref="Section"/>.</summary>
internal sealed record ServerLimits
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "Server";

    /// <summary>Most connections at once; further ones are closed.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How fast a body must arrive at least, in bytes a second, five seconds after it began.</summary>
    [Range(1, 1_000_000_000)]
    public double MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Bytes of a connection that wait in memory until they are read.</summary>
    [Range(16 * 1024, 16 * 1024 * 1024)]
    public int BufferBytes { get; init; } = 128 * 1024;
}

/// <summary>Stops the process at start with a sentence that names the wrong limit.</summary>
[OptionsValidator]
internal sealed partial class ServerLimitsValidator : IValidateOptions<ServerLimits>;

/// <summary>Gives Kestrel the limits.</summary>
internal sealed class KestrelLimits(IOptions<ServerLimits> options) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = options.Value;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyBytesPerSecond, Grace);
        kestrel.Limits.MaxRequestBufferSize = limits.BufferBytes;
    }
}
