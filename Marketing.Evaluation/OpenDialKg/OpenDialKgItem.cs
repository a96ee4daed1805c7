namespace Marketing.Evaluation.OpenDialKg;

/// <summary>An entry of id2info.json.</summary>
/// <remarks>Movies and books have different fields; each may be missing.</remarks>
/// <param name="Name">The title.</param>
/// <param name="Year">The year of release.</param>
/// <param name="Actor">The actors.</param>
/// <param name="Director">The directors.</param>
/// <param name="Genre">The genres.</param>
/// <param name="Writer">The writers.</param>
internal sealed record OpenDialKgItem(
    string Name,
    string? Year,
    IReadOnlyList<string>? Actor,
    IReadOnlyList<string>? Director,
    IReadOnlyList<string>? Genre,
    IReadOnlyList<string>? Writer)
{
    /// <summary>The text of the item as a campaign.</summary>
    public string Text => string.Join(", ", Facts().Distinct());

    private IEnumerable<string> Facts() =>
    [
        .. Actor ?? [],
        .. Director ?? [],
        .. Writer ?? [],
        .. Genre ?? [],
        .. Year is null ? Array.Empty<string>() : [Year],
    ];
}
