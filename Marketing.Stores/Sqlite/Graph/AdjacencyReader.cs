using Marketing.Recommender.Model;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>Reads the edges that <see cref="AdjacencyWriter"/> wrote, in their order: newest first.</summary>
internal ref struct AdjacencyReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private long _lastAt;

    /// <summary>How many edges there are; reads all of them.</summary>
    public static int Count(ReadOnlySpan<byte> bytes)
    {
        var reader = new AdjacencyReader(bytes);
        int count = 0;
        while (reader.SkipEdge())
        {
            count++;
        }

        return count;
    }

    /// <summary>The next edge; null after the last.</summary>
    public CampaignEdge? Next(UserId user, NumberedNames campaigns)
    {
        if (_position == _bytes.Length)
        {
            return null;
        }

        int campaign = (int)ReadUnsigned();
        int mask = (int)ReadUnsigned();
        int chats = ReadCount(mask, 0);
        int views = ReadCount(mask, 1);
        int clicks = ReadCount(mask, 2);
        int conversions = ReadCount(mask, 3);
        int dismissals = ReadCount(mask, 4);
        _lastAt -= ReadSigned();
        return new CampaignEdge(
            user, new CampaignId(campaigns[campaign]), chats, views, clicks, conversions, dismissals,
            DateTimeOffset.FromUnixTimeMilliseconds(_lastAt), ReadViews(RecentViews(mask, views)));
    }

    private bool SkipEdge()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        ReadUnsigned();
        int mask = (int)ReadUnsigned();
        int views = 0;
        for (int type = 0; type < 5; type++)
        {
            int count = ReadCount(mask, type);
            views = type == (int)InteractionType.View ? count : views;
        }

        ReadUnsigned();
        for (int left = RecentViews(mask, views); left > 0; left--)
        {
            ReadUnsigned();
        }

        return true;
    }

    private int ReadCount(int mask, int type) => (mask & (1 << type)) == 0 ? 0 : (int)ReadUnsigned();

    private int RecentViews(int mask, int views) => (mask & AdjacencyWriter.ExplicitViews) != 0
        ? (int)ReadUnsigned()
        : AdjacencyWriter.ImpliedViews(views);

    private DateTimeOffset[] ReadViews(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var views = new DateTimeOffset[count];
        long at = _lastAt;
        for (int i = 0; i < count; i++)
        {
            at -= ReadSigned();
            views[i] = DateTimeOffset.FromUnixTimeMilliseconds(at);
        }

        return views;
    }

    private long ReadSigned()
    {
        ulong value = ReadUnsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadUnsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
