using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>Limits the connections, the memory and the time that callers can use.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
internal sealed record ServerLimits
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Server";

    /// <summary>The maximum number of open connections; further ones are closed.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>The timeout for receiving the request headers.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The maximum size of all request headers together, in bytes; larger ones get 431.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The maximum number of request headers; more get 431.</summary>
    [Range(10, 10_000)]
    public int MaxHeaders { get; init; } = 100;

    /// <summary>The maximum size of the request line (method, URL and version), in bytes; a longer one gets 414.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxRequestLineBytes { get; init; } = 8 * 1024;

    /// <summary>The time after which a connection without a request is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>The maximum number of requests at the same time in one HTTP/2 connection.</summary>
    [Range(1, 10_000)]
    public int MaxHttp2Streams { get; init; } = 100;

    /// <summary>The minimum data rate at which a caller reads an answer in bytes per second, enforced after five seconds.</summary>
    [Range(1, 1_000_000_000)]
    public double MinAnswerBytesPerSecond { get; init; } = 240;

    /// <summary>The minimum data rate of a request body in bytes per second, enforced after five seconds.</summary>
    [Range(1, 1_000_000_000)]
    public double MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>The bytes that are buffered for each connection until they are read.</summary>
    [Range(16 * 1024, 16 * 1024 * 1024)]
    public int BufferBytes { get; init; } = 128 * 1024;
}

/// <summary>Stops startup with a message that names the invalid limit.</summary>
[OptionsValidator]
internal sealed partial class ServerLimitsValidator : IValidateOptions<ServerLimits>;

/// <summary>Applies the limits to Kestrel.</summary>
internal sealed class KestrelLimits(IOptions<ServerLimits> options) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = options.Value;
        kestrel.Limits.MaxConcurrentConnections = limits.MaxConnections;
        kestrel.Limits.MaxConcurrentUpgradedConnections = limits.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = limits.MaxHeaders;
        kestrel.Limits.MaxRequestLineSize = limits.MaxRequestLineBytes;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAliveTimeout;
        kestrel.Limits.Http2.MaxStreamsPerConnection = limits.MaxHttp2Streams;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = limits.MaxHeaderBytes;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(limits.MinAnswerBytesPerSecond, Grace);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.MinBodyBytesPerSecond, Grace);
        kestrel.Limits.MaxRequestBufferSize = limits.BufferBytes;
    }
}
