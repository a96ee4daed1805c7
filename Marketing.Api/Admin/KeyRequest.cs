using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Marketing.Api.OpenApi;
using Marketing.Domain;
using Marketing.Projections.Ingestion;
using Microsoft.OpenApi;

namespace Marketing.Api.Admin;

/// <summary>The key that an operator wants.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="ExpiresAt">From when on it is refused; null means never.</param>
internal sealed record KeyRequest(string Name, Scopes Scopes, DateTimeOffset? ExpiresAt)
{
    private const int MaxNameLength = 100;

    /// <summary>Reads <c>{"name": "shop", "scopes": ["interactions:write"], "expiresIn": "90d"}</c>.</summary>
    /// <returns>False if invalid; <paramref name="errors"/> then lists everything that is wrong.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> json, DateTimeOffset now, [NotNullWhen(true)] out KeyRequest? request, out IReadOnlyList<FieldError> errors)
    {
        var fields = new ObjectFields(json, "key", "name", "scopes", "expiresAt", "expiresIn");
        errors = fields.Errors;
        request = null;
        if (errors.Any(static error => error.Field.Length == 0))
        {
            return false;
        }

        var read = new KeyRequest(fields.Text("name", 1, MaxNameLength, required: true) ?? "", ReadScopes(fields), ReadExpiry(fields, now));
        request = errors.Count == 0 ? read : null;
        return request is not null;
    }

    /// <summary>Documents the body.</summary>
    public static OpenApiSchema Schema() => Schemas.Object("A key.", ["name", "scopes"], new()
    {
        ["name"] = Schemas.Text(1, MaxNameLength, "What the key is for."),
        ["scopes"] = Schemas.List(Schemas.OneOf("A scope.", ScopeNames.All), 1, ScopeNames.All.Count),
        ["expiresAt"] = Schemas.Instant("When the key expires; by default never."),
        ["expiresIn"] = Schemas.Window("The same as a duration from now, such as 90d. Only one of the two may be given."),
    });

    private static Scopes ReadScopes(ObjectFields fields)
    {
        var scopes = Scopes.None;
        if (fields.TryGet("scopes", out var value) && value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() is var count && count > 0 && count <= ScopeNames.All.Count)
        {
            foreach (var item in value.EnumerateArray())
            {
                var scope = ScopeNames.Find(ObjectFields.TextOf(item));
                scopes = scope == Scopes.None ? Scopes.None : scopes | scope;
                if (scopes == Scopes.None)
                {
                    break;
                }
            }
        }

        if (scopes == Scopes.None)
        {
            fields.Refuse("scopes", $"scopes is required and must be a list of one or more of {string.Join(", ", ScopeNames.All)}.");
        }

        return scopes;
    }

    private static DateTimeOffset? ReadExpiry(ObjectFields fields, DateTimeOffset now)
    {
        var at = fields.Instant("expiresAt");
        if (fields.TryGet("expiresIn", out var value))
        {
            if (fields.TryGet("expiresAt", out _))
            {
                fields.Refuse("expiresIn", "expiresIn must be omitted if expiresAt is given.");
                return null;
            }

            if (!WindowText.TryParse(ObjectFields.TextOf(value), out var length))
            {
                fields.Refuse("expiresIn", $"expiresIn {WindowText.Rule}.");
                return null;
            }

            return now + length;
        }

        if (at <= now)
        {
            fields.Refuse("expiresAt", "expiresAt must be in the future.");
        }

        return at;
    }
}
