namespace Marketing.Api.Admin;

/// <summary>Who may use <c>/admin</c>. Bound from the section <see cref="Section"/>.</summary>
internal sealed record AdminOptions
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "Admin";

    /// <summary>The bearer token that callers must show. Without one, only callers on the same machine are let in.</summary>
    public string? Token { get; init; }
}
