using System.Buffers;
using Marketing.Domain;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>
/// Writes one user's edges as bytes, newest first, in about 20 bytes per edge; memory and file use the same form. Numbers are base-128
/// varints, and times are zigzag-coded differences to the previous time. An edge is: campaign, mask of the nonzero counts, those counts,
/// time, and the times of recent views.
/// </summary>
internal ref struct AdjacencyWriter
{
    /// <summary>The mask bit that says that the number of recent views follows, because the count of views does not imply it.</summary>
    public const int ExplicitViews = 1 << 5;

    private readonly ArrayBufferWriter<byte> _bytes;
    private long _lastAt;

    public AdjacencyWriter() => _bytes = new ArrayBufferWriter<byte>(64);

    /// <summary>Appends an edge that is not newer than the previous one.</summary>
    public void Add(CampaignEdge edge, int campaign)
    {
        ReadOnlySpan<int> counts = [edge.Chats, edge.Views, edge.Clicks, edge.Conversions, edge.Dismissals];
        int mask = edge.RecentViews.Count == ImpliedViews(edge.Views) ? 0 : ExplicitViews;
        for (int i = 0; i < counts.Length; i++)
        {
            mask |= counts[i] != 0 ? 1 << i : 0;
        }

        WriteUnsigned((uint)campaign);
        WriteUnsigned((uint)mask);
        foreach (int count in counts)
        {
            if (count != 0)
            {
                WriteUnsigned((uint)count);
            }
        }

        long lastAt = edge.LastAt.ToUnixTimeMilliseconds();
        WriteSigned(_lastAt - lastAt);
        _lastAt = lastAt;
        WriteViews(edge.RecentViews, (mask & ExplicitViews) != 0, lastAt);
    }

    public readonly byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>The number of recent views that the log computes for an edge with this many views.</summary>
    public static int ImpliedViews(int views) => Math.Min(views, CampaignEdge.MaxRecentViews);

    private readonly void WriteViews(IReadOnlyList<DateTimeOffset> views, bool withCount, long before)
    {
        if (withCount)
        {
            WriteUnsigned((uint)views.Count);
        }

        for (int i = 0; i < views.Count; i++)
        {
            long at = views[i].ToUnixTimeMilliseconds();
            WriteSigned(before - at);
            before = at;
        }
    }

    private readonly void WriteSigned(long value) => WriteUnsigned((ulong)((value << 1) ^ (value >> 63)));

    private readonly void WriteUnsigned(ulong value)
    {
        var span = _bytes.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }
}
