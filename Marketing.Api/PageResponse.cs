namespace Marketing.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="NextCursor">Pass as <c>cursor</c> to get the next page; absent on the last page.</param>
internal sealed record PageResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
