using System.Net;

namespace Marketing.Api.Access;

/// <summary>The addresses on which the server is configured to listen.</summary>
internal static class ListenAddresses
{
    /// <summary>The configured addresses, in Kestrel's order of precedence.</summary>
    /// <remarks>Empty means the default, which is loopback.</remarks>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"]);
        string[] endpoints = [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"] ?? "")];
        if (endpoints.Length > 0 && (urls.Length == 0 || !string.Equals(configuration["preferHostingUrls"], "true", StringComparison.OrdinalIgnoreCase)))
        {
            return endpoints;
        }

        return urls.Length > 0
            ? urls
            : [
                .. Split(configuration["http_ports"]).Select(static port => $"http://*:{port}"),
                .. Split(configuration["https_ports"]).Select(static port => $"https://*:{port}"),
            ];
    }

    /// <summary>Whether only this machine can connect to an address.</summary>
    /// <remarks>Kestrel binds any host name except localhost to all interfaces.</remarks>
    public static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return !address.IsUnixPipe && !address.IsNamedPipe && IsLoopbackHost(address.Host);
        }
        catch (FormatException)
        {
            return true; // Kestrel cannot listen there, and reports it with a better message.
        }
    }

    /// <summary>The host of an address; null for a wildcard or a non-TCP address.</summary>
    public static string? HostOf(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe || address.IsNamedPipe || address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? null : address.Host;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && Caller.IsLoopback(address));

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
