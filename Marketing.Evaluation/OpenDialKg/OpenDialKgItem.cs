namespace Marketing.Evaluation.OpenDialKg;

/// <summary>What is known of an item: an entry of id2info.json. Films and books have different fields; each may be missing.</summary>
/// <param name="Name">The title.</param>
/// <param name="Year">Of release.</param>
/// <param name="Actor">Who plays.</param>
/// <param name="Director">Who directed.</param>
/// <param name="Genre">Of what kind it is.</param>
/// <param name="Writer">Who wrote.</param>
internal sealed record OpenDialKgItem(
    string Name,
    string? Year,
    IReadOnlyList<string>? Actor,
    IReadOnlyList<string>? Director,
    IReadOnlyList<string>? Genre,
    IReadOnlyList<string>? Writer)
{
    /// <summary>The item as a campaign would describe it.</summary>
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
