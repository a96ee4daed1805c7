using Marketing.Domain;

namespace Marketing.Api.Admin;

/// <summary>A key without its secret.</summary>
/// <param name="Id">The id, to revoke it by.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires; absent if never.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; absent if never.</param>
internal sealed record KeyResponse(
    string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static KeyResponse From(AccessKey key) =>
        new(key.Id, key.Name, ScopeNames.Of(key.Scopes), key.CreatedAt, key.ExpiresAt, key.LastUsedAt);
}

/// <summary>A new key with its secret, which is shown only here.</summary>
/// <param name="Key">The secret. Send it as <c>Authorization: Bearer</c> or as <c>X-Api-Key</c>.</param>
/// <param name="Id">The id, to revoke it by.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it expires; absent if never.</param>
internal sealed record CreatedKeyResponse(
    string Key, string Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static CreatedKeyResponse From(AccessKey key, string secret) =>
        new(secret, key.Id, key.Name, ScopeNames.Of(key.Scopes), key.CreatedAt, key.ExpiresAt);
}
