using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;

namespace Marketing.Tests.Api;

/// <summary>Gives requests of the server in this process the connection that they would have on a network.</summary>
/// <param name="address">The other end, as the transport knows it.</param>
/// <param name="claimed">What middleware for forwarded headers has written over it; null: nothing.</param>
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
