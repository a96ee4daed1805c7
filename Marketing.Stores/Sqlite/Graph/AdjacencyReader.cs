using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>Reads the edges that <see cref="AdjacencyWriter"/> wrote, newest first.</summary>
internal ref struct AdjacencyReader(ReadOnlySpan<byte> bytes)
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private long _lastAt;

    /// <summary>Counts the edges by reading all of them.</summary>
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

    /// <summary>Whether the bytes can be read to their end; damaged bytes may not.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new AdjacencyReader(bytes);
            while (reader.SkipEdge())
            {
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads the next edge; returns null after the last.</summary>
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
            Time(_lastAt), ReadViews(RecentViews(mask, views)));
    }

    /// <summary>Clamps a time that only damage can have put out of range.</summary>
    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, Earliest, Latest));

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
        if (count <= 0)
        {
            return [];
        }

        var views = new DateTimeOffset[count];
        long at = _lastAt;
        for (int i = 0; i < count; i++)
        {
            at -= ReadSigned();
            views[i] = Time(at);
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
            if (_position == _bytes.Length || shift > 63)
            {
                throw new InvalidDataException("A user's edges end in the middle of a number.");
            }

            byte next = _bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
