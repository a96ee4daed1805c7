namespace Marketing.Domain.Ports;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in order.</param>
/// <param name="NextCursor">Opaque; asks for the next page. Null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
