namespace Marketing.Domain.Ports;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="NextCursor">Opaque cursor of the next page; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
