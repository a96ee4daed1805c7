using Marketing.Recommender.Model;

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
}
