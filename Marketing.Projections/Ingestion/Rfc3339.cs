namespace Marketing.Projections.Ingestion;

/// <summary>
/// Parses RFC 3339 times: <c>T</c> and <c>Z</c> in either case or a space between date and time, fractions of any length, and leap
/// seconds. This accepts what client libraries call RFC 3339 or ISO 8601 with an offset.
/// </summary>
internal static class Rfc3339
{
    /// <summary>The rule as the end of a sentence.</summary>
    public const string Rule = "must be an RFC 3339 time with an offset, such as 2026-11-23T10:00:00Z";

    private const int DateAndTime = 16; // yyyy-MM-ddTHH:mm

    /// <summary>Parses a time, with or without seconds; precision beyond a tick is truncated.</summary>
    /// <remarks>A leap second becomes the last instant of the second before, so that it stays within its day.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length <= DateAndTime || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[13] != ':'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return false;
        }

        var rest = text[DateAndTime..];
        if (!TrySeconds(ref rest, out var second, out var fraction) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        var isLeap = second == 60;
        var ticks = new DateTime(year, month, day, hour, minute, isLeap ? 59 : second).Ticks
            + (isLeap ? TimeSpan.TicksPerSecond - 1 : fraction) - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return !isLeap || IsEndOfMonth(instant);
    }

    /// <summary>Whether a leap second is possible: they occur at the end of a month, in UTC.</summary>
    private static bool IsEndOfMonth(DateTimeOffset instant) =>
        instant is { Hour: 23, Minute: 59 } && instant.Day == DateTime.DaysInMonth(instant.Year, instant.Month);

    private static bool TrySeconds(ref ReadOnlySpan<byte> rest, out int second, out long fraction)
    {
        second = 0;
        fraction = 0;
        if (rest[0] != ':')
        {
            return true;
        }

        if (rest.Length < 3 || !TryNumber(rest[1..3], out second) || second > 60)
        {
            return false;
        }

        rest = rest[3..];
        if (rest is not [(byte)'.', ..])
        {
            return true;
        }

        var digits = 1;
        var unit = TimeSpan.TicksPerSecond / 10;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
        {
            fraction += (rest[digits] - '0') * unit;
            unit /= 10;
            digits++;
        }

        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            || !TryNumber(text[1..3], out var hours) || !TryNumber(text[4..6], out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
