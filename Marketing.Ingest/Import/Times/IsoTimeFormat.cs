using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>
/// ISO 8601 and its common variants: a date, an optional time after <c>T</c> or a space, a fraction after a point or a comma, and an
/// offset such as <c>Z</c>, <c>UTC</c>, <c>+01:00</c>, <c>+0100</c> or <c>+01</c>.
/// </summary>
/// <remarks>A date alone means midnight.</remarks>
internal sealed class IsoTimeFormat : TimeFormat
{
    public static readonly IsoTimeFormat Instance = new();

    private const int DateLength = 10;

    private IsoTimeFormat()
        : base("iso")
    {
    }

    public override bool TryRead(ReadOnlySpan<char> value, out WrittenTime time)
    {
        time = default;
        if (value.Length < DateLength || value[4] != '-' || value[7] != '-'
            || !TryNumber(value[..4], out var year) || !TryNumber(value[5..7], out var month) || !TryNumber(value[8..DateLength], out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var clock = new DateTime(year, month, day);
        value = value[DateLength..];
        if (value.IsEmpty)
        {
            time = new WrittenTime(clock, null);
            return true;
        }

        if (value[0] is not ('T' or 't' or ' ') || !TryClock(value[1..], out var sinceMidnight, out var rest) || !TryOffset(rest, out var offset)
            || clock.Ticks + sinceMidnight.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new WrittenTime(clock + sinceMidnight, offset);
        return true;
    }

    private static bool TryClock(ReadOnlySpan<char> value, out TimeSpan time, out ReadOnlySpan<char> rest)
    {
        time = default;
        rest = default;
        if (value.Length < 5 || value[2] != ':' || !TryNumber(value[..2], out var hour) || !TryNumber(value[3..5], out var minute)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        rest = value[5..];
        time = new TimeSpan(hour, minute, 0);
        if (rest.IsEmpty || rest[0] != ':')
        {
            return true;
        }

        // A leap second becomes the first second of the next minute, as in Unix time.
        if (rest.Length < 3 || !TryNumber(rest[1..3], out var second) || second > 60)
        {
            return false;
        }

        time += TimeSpan.FromSeconds(second);
        rest = rest[3..];
        if (rest.IsEmpty || rest[0] is not ('.' or ','))
        {
            return true;
        }

        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? rest.Length - 1 : digits;
        long unit = TimeSpan.TicksPerSecond;
        foreach (var digit in rest.Slice(1, digits))
        {
            unit /= 10;
            time += TimeSpan.FromTicks(unit * (digit - '0'));
        }

        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> value, out TimeSpan? offset)
    {
        value = value.TrimStart(' ');
        offset = null;
        if (value.IsEmpty)
        {
            return true;
        }

        if (value is "Z" or "z" or "UTC" or "GMT")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        var minutes = value.Length switch { 6 when value[3] == ':' => value[4..], 5 => value[3..], 3 => "00", _ => default };
        if (value[0] is not ('+' or '-') || minutes.IsEmpty || !TryNumber(value[1..3], out var hour) || !TryNumber(minutes, out var minute)
            || minute > 59 || hour > 14)
        {
            return false;
        }

        var span = new TimeSpan(hour, minute, 0);
        offset = value[0] == '-' ? -span : span;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
