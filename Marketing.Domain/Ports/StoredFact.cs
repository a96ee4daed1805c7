using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Domain.Ports;

/// <summary>A fact as an engagement store keeps it, with a key in place of the user id that is enough to find a user's facts.</summary>
/// <param name="Id">The event id.</param>
/// <param name="UserKey">See <see cref="KeyOf"/>.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Type">The type of interaction.</param>
/// <param name="OccurredAt">When it happened, in whole milliseconds.</param>
public readonly record struct StoredFact(
    EventId Id, ulong UserKey, CampaignId CampaignId, InteractionType Type, DateTimeOffset OccurredAt)
{
    /// <summary>Converts a fact to its stored form.</summary>
    public static StoredFact Of(EngagementFact fact) => new(
        fact.Id,
        KeyOf(fact.UserId),
        fact.CampaignId,
        fact.Type,
        DateTimeOffset.FromUnixTimeMilliseconds(fact.OccurredAt.ToUnixTimeMilliseconds()));

    /// <summary>Returns the first 64 bits of the SHA-256 hash of the UTF-8 user id.</summary>
    public static ulong KeyOf(UserId userId)
    {
        var most = Encoding.UTF8.GetMaxByteCount(userId.Value.Length);
        Span<byte> text = most <= 512 ? stackalloc byte[512] : new byte[most];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(userId.Value, text)], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

/// <summary>One interaction with a campaign, as sent to the engagement store.</summary>
public readonly record struct EngagementFact(
    EventId Id, UserId UserId, CampaignId CampaignId, InteractionType Type, DateTimeOffset OccurredAt);
