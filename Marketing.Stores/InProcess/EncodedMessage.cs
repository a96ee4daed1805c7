using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.Domain;

namespace Marketing.Stores.InProcess;

/// <summary>A message as the index keeps it: rotated and in nine bits a component, see <see cref="ScalarCode"/>.</summary>
internal sealed record EncodedMessage(
    EventId Id,
    UserId UserId,
    CampaignId? CampaignId,
    DateTimeOffset OccurredAt,
    float Scale,
    sbyte[] Code,
    byte[] Sides,
    ReadOnlyMemory<uint> Terms)
{
    /// <summary>Whether all that is kept of two messages is the same, as when a message comes again.</summary>
    public bool IsSameAs(EncodedMessage other) =>
        Id == other.Id && UserId == other.UserId && CampaignId == other.CampaignId
        && OccurredAt.UtcTicks == other.OccurredAt.UtcTicks && Scale == other.Scale
        && Code.AsSpan().SequenceEqual(other.Code) && Sides.AsSpan().SequenceEqual(other.Sides) && Terms.Span.SequenceEqual(other.Terms.Span);

    /// <summary>Whether the code has the length of the index's; only a damaged row's has another.</summary>
    public bool Fits(int dimensions) => Code.Length == dimensions && Sides.Length == dimensions / 8 && float.IsFinite(Scale);

    /// <summary>A digest of all that is kept, written beside it: finds a flipped bit without embedding the text again.</summary>
    public long Digest()
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes<sbyte>(Code));
        hash.Append(Sides);
        hash.Append(MemoryMarshal.AsBytes(Terms.Span));
        hash.Append(MemoryMarshal.AsBytes<long>([OccurredAt.UtcTicks, BitConverter.SingleToInt32Bits(Scale), Id.Value.Length, UserId.Value.Length]));
        hash.Append(MemoryMarshal.AsBytes(Id.Value.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(UserId.Value.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes((CampaignId?.Value ?? "").AsSpan()));
        return (long)hash.GetCurrentHashAsUInt64();
    }
}
