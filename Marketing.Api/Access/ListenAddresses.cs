using System.Net;

namespace Marketing.Api.Access;

/// <summary>Where the server is told to listen.</summary>
internal static class ListenAddresses
{
    /// <summary>The addresses that the configuration names, in Kestrel's order of precedence; none: the default, which is loopback.</summary>
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

    /// <summary>Whether only this machine can connect to an address. Kestrel takes any name but localhost for every address it has.</summary>
    public static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return !address.IsUnixPipe && !address.IsNamedPipe && IsLoopbackHost(address.Host);
        }
        catch (FormatException)
        {
            return true; // Nothing can listen there; Kestrel says so better.
        }
    }

    /// <summary>The host of an address; null for a wildcard, and for what is not TCP.</summary>
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
