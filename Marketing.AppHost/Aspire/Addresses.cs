using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marketing.AppHost;

/// <summary>Where the API and the dashboard listen.</summary>
internal static class Addresses
{
    private const int ApiPort = 5080;
    private const int DashboardPort = 15080;

    /// <summary>
    /// Settings that put the dashboard on <c>http://localhost:15080</c>, or on a free port while that is taken, and what talks
    /// to it on free ports. Without TLS, since a certificate would be one thing more that a first run needs.
    /// </summary>
    public static string[] OfTheDashboard() =>
    [
        $"--ASPNETCORE_URLS={Local(IsFree(DashboardPort) ? DashboardPort : FreePort())}",
        $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={Local(FreePort())}",
        $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={Local(FreePort())}",
        "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
    ];

    /// <summary>
    /// The port of the API: as where there is no Aspire, that of <c>--urls</c>, else of the variable <c>ASPNETCORE_URLS</c>,
    /// else 5080.
    /// </summary>
    /// <exception cref="DistributedApplicationException">It is no http address.</exception>
    public static int PortOfTheApi(this IDistributedApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"] ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS");
        if (string.IsNullOrWhiteSpace(urls))
        {
            return ApiPort;
        }

        var first = urls.Split(';')[0].Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? url.Port
            : throw new DistributedApplicationException($"The address of the API is {urls}; it must be one like http://localhost:{ApiPort}.");
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
