using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Marketing.Stores;

/// <summary>Where the next page of a list ordered by time and then id, both descending, begins: after this one.</summary>
/// <param name="At">Milliseconds since 1970, UTC.</param>
/// <param name="Id">The id of the last item of the page before.</param>
internal readonly record struct TimeCursor(long At, string Id)
{
    /// <summary>Before every item. No time is that late, so its id is never compared.</summary>
    public static readonly TimeCursor Newest = new(long.MaxValue, string.Empty);

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">Not what <see cref="ToString"/> makes.</exception>
    public static TimeCursor Parse(string cursor)
    {
        try
        {
            byte[] bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length > sizeof(long))
            {
                return new TimeCursor(BinaryPrimitives.ReadInt64BigEndian(bytes), Strict.GetString(bytes, sizeof(long), bytes.Length - sizeof(long)));
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // Told below, in one way.
        }

        throw new FormatException("The cursor is not one that this list gave out.");
    }

    /// <summary>The cursor behind an item.</summary>
    public static TimeCursor After(DateTimeOffset at, string id) => new(at.ToUnixTimeMilliseconds(), id);

    public override string ToString()
    {
        byte[] bytes = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(Id)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At);
        Encoding.UTF8.GetBytes(Id, bytes.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(bytes);
    }
}
