using System.Globalization;

namespace Marketing.Domain.Ports;

/// <summary>
/// The ids of audit entries: UUIDs of version 7 (RFC 9562) as 32 lower-case hexadecimal digits. They start with the time in
/// milliseconds, so the order of the ids is the order of the times, and no index of times is needed.
/// </summary>
public static class AuditId
{
    private const int Length = 32;

    /// <summary>Creates the id of an entry.</summary>
    public static string New(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("N");

    /// <summary>Returns a text that is not greater than the id of any entry from this time or later, and greater than all others.</summary>
    public static string From(DateTimeOffset at) =>
        Math.Max(0, at.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>Returns an id that came as a cursor.</summary>
    /// <exception cref="FormatException">It is not an id.</exception>
    public static string Parse(string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        return cursor.Length == Length && cursor.All(char.IsAsciiHexDigitLower)
            ? cursor
            : throw new FormatException("The cursor is not from this list.");
    }
}
