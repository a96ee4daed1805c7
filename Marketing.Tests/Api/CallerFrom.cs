using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;

namespace Marketing.Tests.Api;

/// <summary>Gives requests to the in-process server a network connection.</summary>
/// <param name="address">The remote address, as the transport knows it.</param>
/// <param name="claimed">The address that forwarded-headers middleware wrote over it; null if none.</param>
internal sealed class CallerFrom(string address, string? claimed = null) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            context.Features.Set<IConnectionEndPointFeature>(new Connection
            {
                RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40_000),
                LocalEndPoint = new IPEndPoint(IPAddress.Parse("10.1.2.3"), 8080),
            });
            context.Connection.RemoteIpAddress = IPAddress.Parse(claimed ?? address);
            return rest(context);
        });
        next(app);
    };

    private sealed class Connection : IConnectionEndPointFeature
    {
        public EndPoint? LocalEndPoint { get; set; }

        public EndPoint? RemoteEndPoint { get; set; }
    }
}
