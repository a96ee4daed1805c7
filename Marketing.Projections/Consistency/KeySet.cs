using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// A set of keys as 128-bit XxHash3 hashes: about 40 bytes per key whatever its length, so that millions fit in memory. The chance
/// that any two of a billion keys collide is about 1 in 10²⁰.
/// </summary>
internal sealed class KeySet
{
    private readonly HashSet<UInt128> _keys = [];

    public int Count => _keys.Count;

    public bool Contains(EventId id) => _keys.Contains(KeyOf(id));

    public bool Contains(UserId userId, CampaignId campaignId) => _keys.Contains(Key(userId, campaignId));

    public bool Add(UserId userId, CampaignId campaignId) => _keys.Add(Key(userId, campaignId));

    public bool Add(EventId id) => _keys.Add(KeyOf(id));

    public static UInt128 KeyOf(EventId id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.Value.AsSpan()));

    /// <summary>Seeds the campaign's hash with the user's, because a separator could be forged.</summary>
    private static UInt128 Key(UserId userId, CampaignId campaignId)
    {
        var user = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(userId.Value.AsSpan()));
        return user ^ XxHash128.HashToUInt128(MemoryMarshal.AsBytes(campaignId.Value.AsSpan()), (long)(ulong)user);
    }
}
