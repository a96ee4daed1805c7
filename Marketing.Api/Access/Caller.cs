using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Marketing.Api.Access;

/// <summary>The endpoints of the connection, as the transport reports them.</summary>
/// <remarks>
/// Does not use <c>HttpContext.Connection</c>, because the forwarded headers middleware overwrites it with what the request claims.
/// </remarks>
internal static class Caller
{
    private static readonly HashSet<string> ForwardingHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forwarded", "Forwarded-For", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Envoy-External-Address",
        "X-Azure-ClientIP", "X-Azure-SocketIP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP", "Client-IP",
    };

    /// <summary>Records both endpoints of each connection before any request is read from it.</summary>
    public static void NoteOnConnections(ListenOptions endpoint) => endpoint.Use(static next => connection =>
    {
        connection.Features.Set<IConnectionEndPointFeature>(
            new EndPoints { RemoteEndPoint = connection.RemoteEndPoint, LocalEndPoint = connection.LocalEndPoint });
        return next(connection);
    });

    /// <summary>The remote address of the connection; null for a Unix socket or an in-process server.</summary>
    public static IPAddress? Address(HttpContext http) =>
        http.Features.Get<IConnectionEndPointFeature>()?.RemoteEndPoint is IPEndPoint { Address: var address } ? Plain(address) : null;

    /// <summary>The local address of the connection; null for a Unix socket or an in-process server.</summary>
    public static IPAddress? OwnAddress(HttpContext http) =>
        http.Features.Get<IConnectionEndPointFeature>()?.LocalEndPoint is IPEndPoint { Address: var address } ? Plain(address) : null;

    /// <summary>Whether the connection comes from this machine and carries no forwarding header from a proxy.</summary>
    public static bool IsOnThisMachine(HttpContext http)
    {
        // A connection without an IP address is a Unix socket or a pipe, which a local proxy may use. No connection and no address
        // means an in-process server, as in tests.
        var isLocal = http.Features.Get<IConnectionEndPointFeature>() is null
            ? http.Connection.RemoteIpAddress is null
            : Address(http) is { } address && IsLoopback(address);
        return isLocal && !IsForwarded(http.Request.Headers);
    }

    /// <summary>Whether an address is a loopback address, including IPv4 mapped to IPv6.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    /// <summary>Converts an IPv4-mapped IPv6 address to IPv4.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsForwarded(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (ForwardingHeaders.Contains(name)
                || name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)) // The middleware moves consumed values here.
            {
                return true;
            }
        }

        return false;
    }

    private sealed class EndPoints : IConnectionEndPointFeature
    {
        public EndPoint? LocalEndPoint { get; set; }

        public EndPoint? RemoteEndPoint { get; set; }
    }
}
