using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Marketing.Stores;

/// <summary>The position after which the next page starts, in a list ordered by time and then id, both descending.</summary>
/// <param name="At">Milliseconds since 1970, UTC.</param>
/// <param name="Id">The id of the last item of the previous page.</param>
internal readonly record struct TimeCursor(long At, string Id)
{
    /// <summary>The position before every item; no time is that late, so its id is never compared.</summary>
    public static readonly TimeCursor Newest = new(long.MaxValue, string.Empty);

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">The text was not created by <see cref="ToString"/>.</exception>
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
            // Reported below, with one message for all cases.
        }

        throw new FormatException("The cursor is not from this list.");
    }

    /// <summary>Returns the cursor after an item.</summary>
    public static TimeCursor After(DateTimeOffset at, string id) => new(at.ToUnixTimeMilliseconds(), id);

    public override string ToString()
    {
        byte[] bytes = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(Id)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At);
        Encoding.UTF8.GetBytes(Id, bytes.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(bytes);
    }
}
