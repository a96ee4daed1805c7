namespace Marketing.Domain;

/// <summary>What a caller may do. No scope implies another: a key for operators cannot read chats unless it says so.</summary>
[Flags]
public enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Send interactions.</summary>
    InteractionsWrite = 1 << 0,

    /// <summary>Get recommendations.</summary>
    RecommendationsRead = 1 << 1,

    /// <summary>Read what a user said and did.</summary>
    UsersRead = 1 << 2,

    /// <summary>Set attributes, export and erase a user.</summary>
    UsersWrite = 1 << 3,

    /// <summary>Read campaigns.</summary>
    CampaignsRead = 1 << 4,

    /// <summary>Change and remove campaigns.</summary>
    CampaignsWrite = 1 << 5,

    /// <summary>Read the performance of campaigns.</summary>
    AnalyticsRead = 1 << 6,

    /// <summary>Operate the system and manage keys.</summary>
    Admin = 1 << 7,
}

/// <summary>The names of scopes, as they appear in keys, tokens, settings and the API.</summary>
public static class ScopeNames
{
    private static readonly (string Name, Scopes Scope)[] Pairs =
    [
        ("interactions:write", Scopes.InteractionsWrite),
        ("recommendations:read", Scopes.RecommendationsRead),
        ("users:read", Scopes.UsersRead),
        ("users:write", Scopes.UsersWrite),
        ("campaigns:read", Scopes.CampaignsRead),
        ("campaigns:write", Scopes.CampaignsWrite),
        ("analytics:read", Scopes.AnalyticsRead),
        ("admin", Scopes.Admin),
    ];

    /// <summary>Every name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Pairs.Select(static pair => pair.Name)];

    /// <summary>Returns the names of the scopes that are set.</summary>
    public static IReadOnlyList<string> Of(Scopes scopes) =>
        [.. Pairs.Where(pair => scopes.HasFlag(pair.Scope)).Select(static pair => pair.Name)];

    /// <summary>Returns the scope of a name; <see cref="Scopes.None"/> if there is none. Names are case-sensitive, as in OAuth 2.0.</summary>
    public static Scopes Find(ReadOnlySpan<char> name)
    {
        foreach (var (known, scope) in Pairs)
        {
            if (name.SequenceEqual(known))
            {
                return scope;
            }
        }

        return Scopes.None;
    }

    /// <summary>Returns the scopes in a text that separates names with spaces (RFC 6749, section 3.3); ignores unknown names.</summary>
    public static Scopes Parse(ReadOnlySpan<char> text)
    {
        var scopes = Scopes.None;
        foreach (var part in text.Split(' '))
        {
            scopes |= Find(text[part]);
        }

        return scopes;
    }

    /// <summary>Returns the names, separated with spaces.</summary>
    public static string Format(Scopes scopes) => string.Join(' ', Of(scopes));
}
