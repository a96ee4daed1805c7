namespace Marketing.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; absent on the last.</param>
internal sealed record PageResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
