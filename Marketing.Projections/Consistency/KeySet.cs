using System.IO.Hashing;
using System.Runtime.InteropServices;
using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// A set of keys as 128-bit XxHash3 values: some 40 bytes a key whatever its length, so that millions can be compared in memory.
/// Two of a billion keys collide with a chance of about one in 10²⁰.
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

    /// <summary>The campaign's hash is seeded with the user's, so that no separator can be forged.</summary>
    private static UInt128 Key(UserId userId, CampaignId campaignId)
    {
        var user = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(userId.Value.AsSpan()));
        return user ^ XxHash128.HashToUInt128(MemoryMarshal.AsBytes(campaignId.Value.AsSpan()), (long)(ulong)user);
    }
}
