namespace Marketing.VectorIndex;

/// <summary>One vector of the index, with what it can be found by.</summary>
/// <param name="Key">Identifies the entry. A GUID, a 128-bit hash in text form, or up to 16 bytes of UTF-8 take the least memory.</param>
/// <param name="Group">The entries of a group are read and removed together, and the index keeps only the newest of each group.</param>
/// <param name="Label">A search can be restricted to one label; null when the entry has none.</param>
/// <param name="Timestamp">Decides which entries of a group are the newest.</param>
/// <param name="Vector">Unit length, with the dimensions of the index. When read, exact to within the quantization error.</param>
/// <param name="Terms">Up to 65,535 numbers stored with the entry, such as hashes of its words. The index does not interpret them.</param>
public sealed record VectorEntry(
    string Key, string Group, string? Label, DateTimeOffset Timestamp, ReadOnlyMemory<float> Vector, ReadOnlyMemory<uint> Terms);
