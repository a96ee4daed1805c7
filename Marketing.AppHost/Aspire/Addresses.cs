using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Marketing.AppHost;

/// <summary>Chooses the addresses of the API and the dashboard.</summary>
internal static class Addresses
{
    private const int ApiPort = 5080;
    private const int DashboardPort = 15080;

    /// <summary>
    /// Settings that put the dashboard on <c>http://localhost:15080</c>, or on a free port when that one is taken, and its OTLP and
    /// resource service endpoints on free ports.
    /// </summary>
    /// <remarks>Without TLS, so that a first run needs no certificate.</remarks>
    public static string[] DashboardSettings() =>
    [
        $"--ASPNETCORE_URLS={Local(IsFree(DashboardPort) ? DashboardPort : FreePort())}",
        $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={Local(FreePort())}",
        $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={Local(FreePort())}",
        "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
        "--ASPIRE_DEVELOPER_CERTIFICATE_DEFAULT_TRUST=false",
    ];

    /// <summary>
    /// The port of the API, from the same sources as without Aspire: <c>--urls</c>, else the variable <c>ASPNETCORE_URLS</c>,
    /// else 5080.
    /// </summary>
    /// <exception cref="DistributedApplicationException">The address is not an http URL.</exception>
    public static int GetApiPort(this IDistributedApplicationBuilder builder)
    {
        var urls = builder.Configuration["urls"] ?? Environment.GetEnvironmentVariable("ASPNETCORE_URLS");
        if (string.IsNullOrWhiteSpace(urls))
        {
            return ApiPort;
        }

        var first = urls.Split(';')[0].Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? url.Port
            : throw new DistributedApplicationException($"The address of the API is {urls}; it must look like http://localhost:{ApiPort}.");
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
