using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace Marketing.Api.Access;

/// <summary>
/// The names under which this server answers. A web page can point a name of its own at this machine (DNS rebinding); its
/// requests then name that host, and are told apart by it.
/// </summary>
internal sealed class HostNames
{
    /// <summary>The setting: names parted by semicolons, <c>*.example.com</c> for subdomains, <c>*</c> for any.</summary>
    public const string Setting = "AllowedHosts";

    private readonly bool _any;
    private readonly string[] _suffixes;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;

    public HostNames(IConfiguration configuration)
    {
        var listen = ListenAddresses.Of(configuration);
        string[] given = configuration[Setting]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        _any = given.Contains("*");
        _suffixes = [.. given.Where(static name => name.StartsWith("*.", StringComparison.Ordinal)).Select(static name => name[1..])];
        IEnumerable<string?> names = ["localhost", .. given, .. listen.Select(ListenAddresses.HostOf)];
        if (!listen.All(ListenAddresses.IsLoopback))
        {
            names = [.. names, Environment.MachineName, .. OwnAddresses()]; // how others on its network call this machine
        }

        _names = names.OfType<string>().Select(static name => NameOf(name).ToString())
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a request names this server. One without a host is none of a browser.</summary>
    public bool Contain(HttpContext http)
    {
        var host = http.Request.Host.Value.AsSpan();
        return _any || host.IsEmpty || IsListed(NameOf(host)) || IsAddressOfOurs(NameOf(host), http);
    }

    /// <summary>Whether a request calls this machine by a name that only it can mean.</summary>
    public static bool IsLoopback(string? host)
    {
        var name = NameOf(host);
        return name.IsEmpty || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && Caller.IsLoopback(address));
    }

    private static IEnumerable<string> OwnAddresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
                .Select(static address => address.Address.ToString())];
        }
        catch (NetworkInformationException)
        {
            return []; // That of the connection is known all the same.
        }
    }

    private bool IsListed(ReadOnlySpan<char> name)
    {
        if (_names.Contains(name))
        {
            return true;
        }

        foreach (var suffix in _suffixes)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A literal address cannot be pointed elsewhere: one of loopback is this machine, and the one that the connection was made
    /// to is how probes of an orchestrator call a container.
    /// </summary>
    private static bool IsAddressOfOurs(ReadOnlySpan<char> name, HttpContext http) =>
        IPAddress.TryParse(name, out var address)
        && (Caller.IsLoopback(address) || Caller.Plain(address).Equals(Caller.OwnAddress(http)));

    /// <summary>Without port, brackets and the dot that ends a full domain name.</summary>
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> host)
    {
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            return end < 0 ? host : host[1..end];
        }

        var colon = host.IndexOf(':');
        var name = colon >= 0 && colon == host.LastIndexOf(':') ? host[..colon] : host;
        return name.EndsWith('.') ? name[..^1] : name;
    }
}
