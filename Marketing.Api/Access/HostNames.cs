using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace Marketing.Api.Access;

/// <summary>The host names under which this server answers.</summary>
/// <remarks>
/// A web page can point its own host name at this machine (DNS rebinding). Its requests carry that name, so they can be recognized and
/// rejected.
/// </remarks>
internal sealed class HostNames
{
    /// <summary>The setting: names separated by semicolons; <c>*.example.com</c> matches subdomains, <c>*</c> matches any host.</summary>
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
            names = [.. names, Environment.MachineName, .. OwnAddresses()]; // What other machines on the network call this one.
        }

        _names = names.OfType<string>().Select(static name => NameOf(name).ToString())
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a request names this server.</summary>
    /// <remarks>A request without a host does not come from a browser and is accepted.</remarks>
    public bool Contain(HttpContext http)
    {
        var host = http.Request.Host.Value.AsSpan();
        return _any || host.IsEmpty || IsListed(NameOf(host)) || IsAddressOfOurs(NameOf(host), http);
    }

    /// <summary>Whether a host is a loopback name or address.</summary>
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
            return []; // The address of the connection is still accepted.
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

    /// <summary>Whether a literal address is loopback, or the one that the connection was made to.</summary>
    /// <remarks>A literal address cannot be rebound, and orchestrator probes call a container by it.</remarks>
    private static bool IsAddressOfOurs(ReadOnlySpan<char> name, HttpContext http) =>
        IPAddress.TryParse(name, out var address)
        && (Caller.IsLoopback(address) || Caller.Plain(address).Equals(Caller.OwnAddress(http)));

    /// <summary>Removes the port, the brackets and the trailing dot of a fully qualified name.</summary>
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
