using System.Security.Claims;
using Marketing.Domain;

namespace Marketing.Api.Access;

/// <summary>A caller who showed a valid key or token.</summary>
/// <param name="identity">Has <see cref="ClaimTypes.NameIdentifier"/> and <see cref="ClaimTypes.Name"/>, whatever the caller showed.</param>
/// <param name="scopes">What the caller may do.</param>
internal sealed class AccessPrincipal(ClaimsIdentity identity, Scopes scopes) : ClaimsPrincipal(identity)
{
    /// <summary>The authentication type of a key.</summary>
    public const string ByKey = "ApiKey";

    /// <summary>The authentication type of a token.</summary>
    public const string ByToken = "Token";

    /// <summary>What the caller may do.</summary>
    public Scopes Scopes => scopes;

    /// <summary>Creates a caller.</summary>
    /// <param name="type"><see cref="ByKey"/> or <see cref="ByToken"/>.</param>
    /// <param name="id">Identifies the caller in limits and in the audit trail.</param>
    /// <param name="name">Names the caller for people.</param>
    /// <param name="scopes">What the caller may do.</param>
    public static AccessPrincipal Of(string type, string id, string name, Scopes scopes) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], type), scopes);
}
