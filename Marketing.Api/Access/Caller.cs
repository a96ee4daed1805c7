using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Marketing.Api.Access;

/// <summary>
/// Who is at the other end of the connection, as the transport says. Never <c>HttpContext.Connection</c>: middleware for
/// forwarded headers writes into it what the request claims.
/// </summary>
internal static class Caller
{
    private static readonly HashSet<string> ForwardingHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forwarded", "Forwarded-For", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Envoy-External-Address",
        "X-Azure-ClientIP", "X-Azure-SocketIP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP", "Client-IP",
    };

    /// <summary>Notes both ends of each connection of an endpoint, before any request of it is read.</summary>
    public static void NoteOnConnections(ListenOptions endpoint) => endpoint.Use(static next => connection =>
    {
        connection.Features.Set<IConnectionEndPointFeature>(
            new EndPoints { RemoteEndPoint = connection.RemoteEndPoint, LocalEndPoint = connection.LocalEndPoint });
        return next(connection);
    });

    /// <summary>The address of the connection; null where there is none: a Unix socket, or a server in this process.</summary>
    public static IPAddress? Address(HttpContext http) =>
        http.Features.Get<IConnectionEndPointFeature>()?.RemoteEndPoint is IPEndPoint { Address: var address } ? Plain(address) : null;

    /// <summary>The address of this machine that the connection was made to; null where there is none.</summary>
    public static IPAddress? OwnAddress(HttpContext http) =>
        http.Features.Get<IConnectionEndPointFeature>()?.LocalEndPoint is IPEndPoint { Address: var address } ? Plain(address) : null;

    /// <summary>Whether the connection comes from this machine, and no proxy says that it passes the request on for somebody else.</summary>
    public static bool IsOnThisMachine(HttpContext http)
    {
        // A connection without an IP address is a Unix socket or a pipe: what a proxy on this machine connects to. No connection
        // at all, and no address either, is a server in this process, as tests have it.
        var isLocal = http.Features.Get<IConnectionEndPointFeature>() is null
            ? http.Connection.RemoteIpAddress is null
            : Address(http) is { } address && IsLoopback(address);
        return isLocal && !IsForwarded(http.Request.Headers);
    }

    /// <summary>Whether an address is this machine's own, in any spelling.</summary>
    public static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Plain(address));

    /// <summary>An IPv4 address that is written as IPv6, as IPv4.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsForwarded(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (ForwardingHeaders.Contains(name)
                || name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)) // where the middleware moves what it has used
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
