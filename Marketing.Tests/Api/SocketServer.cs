using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>The API on a real socket, for what the server in this process does not do as Kestrel does.</summary>
public sealed class SocketServer : ApiServer
{
    public SocketServer()
    {
        UseKestrel(0);
        StartServer();
        Address = new Uri(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }
}
