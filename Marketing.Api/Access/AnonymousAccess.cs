using Marketing.Domain;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>What a caller may do who shows neither key nor token.</summary>
/// <remarks>
/// Everything but <c>admin</c> if no credentials are configured, which only a server on loopback may do, or if the operator says so. The
/// scope <c>admin</c> only without credentials, and only for a direct call from this machine: what a proxy forwards, or a browser sends for
/// another site, also comes from this machine but not from the operator.
/// </remarks>
internal sealed class AnonymousAccess(IOptions<AccessOptions> options)
{
    private readonly bool _isAllowed = options.Value.Anonymous || !options.Value.HasCredentials;
    private readonly bool _operatorIsLocal = !options.Value.HasCredentials;

    /// <summary>Whether a request may use a scope.</summary>
    public bool Allows(Scopes scope, HttpContext http) => scope == Scopes.Admin ? _operatorIsLocal && IsLocal(http) : _isAllowed;

    /// <summary>Whether some request may use a scope.</summary>
    public bool MayAllow(Scopes scope) => scope == Scopes.Admin ? _operatorIsLocal : _isAllowed;

    /// <summary>Whether a key would be asked for, and not a call from another place.</summary>
    public bool AsksForKey(Scopes scope) => scope != Scopes.Admin || !_operatorIsLocal;

    private static bool IsLocal(HttpContext http) =>
        Caller.IsOnThisMachine(http) && !OtherSites.AreBehind(http.Request) && HostNames.IsLoopback(http.Request.Host.Value);
}
