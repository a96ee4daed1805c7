namespace Marketing.VectorIndex;

/// <summary>A nearest-neighbor query.</summary>
/// <param name="Vector">Unit length, with the dimensions of the index.</param>
/// <param name="Count">The number of entries to return, 1 to 1,000.</param>
/// <param name="ExcludeGroup">Leaves out this group; null excludes none.</param>
/// <param name="Label">Only entries with this label; null means all.</param>
public sealed record SearchQuery(ReadOnlyMemory<float> Vector, int Count, string? ExcludeGroup = null, string? Label = null);

/// <summary>An entry near a query.</summary>
/// <param name="Key">The key of the entry.</param>
/// <param name="Group">The group of the entry.</param>
/// <param name="Similarity">Cosine similarity, -1 to 1.</param>
public readonly record struct SearchMatch(string Key, string Group, float Similarity);
