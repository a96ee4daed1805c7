using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.VectorIndex.Quantization;

namespace Marketing.VectorIndex.Entries;

/// <summary>An entry as the index stores it: rotated, in nine bits per component, see <see cref="ScalarCode"/>.</summary>
internal sealed record EncodedEntry(
    string Key,
    string Group,
    string? Label,
    DateTimeOffset Timestamp,
    float Scale,
    sbyte[] Code,
    byte[] Refinement,
    ReadOnlyMemory<uint> Terms)
{
    /// <summary>Whether both entries are stored alike, as when an entry is written again.</summary>
    public bool IsSameAs(EncodedEntry other) =>
        Key == other.Key && Group == other.Group && Label == other.Label
        && Timestamp.UtcTicks == other.Timestamp.UtcTicks && Scale == other.Scale
        && Code.AsSpan().SequenceEqual(other.Code) && Refinement.AsSpan().SequenceEqual(other.Refinement) && Terms.Span.SequenceEqual(other.Terms.Span);

    /// <summary>Whether the code has the length that the index expects; false only for a damaged row.</summary>
    public bool Fits(int dimensions) => Code.Length == dimensions && Refinement.Length == dimensions / 8 && float.IsFinite(Scale);

    /// <summary>A digest of all fields, stored with the row: detects a flipped bit without the source of the vector.</summary>
    public long Digest()
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes<sbyte>(Code));
        hash.Append(Refinement);
        hash.Append(MemoryMarshal.AsBytes(Terms.Span));
        hash.Append(MemoryMarshal.AsBytes<long>([Timestamp.UtcTicks, BitConverter.SingleToInt32Bits(Scale), Key.Length, Group.Length]));
        hash.Append(MemoryMarshal.AsBytes(Key.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(Group.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes((Label ?? "").AsSpan()));
        return (long)hash.GetCurrentHashAsUInt64();
    }
}
