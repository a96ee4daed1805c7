using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.Domain;

namespace Marketing.Stores.InProcess;

/// <summary>A message as the index stores it: rotated, in nine bits per component, see <see cref="ScalarCode"/>.</summary>
internal sealed record EncodedMessage(
    EventId Id,
    UserId UserId,
    CampaignId? CampaignId,
    DateTimeOffset OccurredAt,
    float Scale,
    sbyte[] Code,
    byte[] Refinement,
    ReadOnlyMemory<uint> Terms)
{
    /// <summary>Whether both messages are stored alike, as when a message is delivered again.</summary>
    public bool IsSameAs(EncodedMessage other) =>
        Id == other.Id && UserId == other.UserId && CampaignId == other.CampaignId
        && OccurredAt.UtcTicks == other.OccurredAt.UtcTicks && Scale == other.Scale
        && Code.AsSpan().SequenceEqual(other.Code) && Refinement.AsSpan().SequenceEqual(other.Refinement) && Terms.Span.SequenceEqual(other.Terms.Span);

    /// <summary>Whether the code has the length that the index expects; false only for a damaged row.</summary>
    public bool Fits(int dimensions) => Code.Length == dimensions && Refinement.Length == dimensions / 8 && float.IsFinite(Scale);

    /// <summary>A digest of all fields, stored with the row: detects a flipped bit without embedding the text again.</summary>
    public long Digest()
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes<sbyte>(Code));
        hash.Append(Refinement);
        hash.Append(MemoryMarshal.AsBytes(Terms.Span));
        hash.Append(MemoryMarshal.AsBytes<long>([OccurredAt.UtcTicks, BitConverter.SingleToInt32Bits(Scale), Id.Value.Length, UserId.Value.Length]));
        hash.Append(MemoryMarshal.AsBytes(Id.Value.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(UserId.Value.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes((CampaignId?.Value ?? "").AsSpan()));
        return (long)hash.GetCurrentHashAsUInt64();
    }
}
