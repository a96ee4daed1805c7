using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>Whose clock shows the times that come without an offset.</summary>
/// <param name="Name">As <c>--time-zone</c> takes it.</param>
/// <param name="Zone">Its rules.</param>
/// <param name="IsGiven">Whether somebody said so; otherwise it is UTC, for want of anything better.</param>
internal sealed record TimeZoneRule(string Name, TimeZoneInfo Zone, bool IsGiven)
{
    /// <summary>What is taken when nobody says.</summary>
    public static readonly TimeZoneRule Utc = new("UTC", TimeZoneInfo.Utc, IsGiven: false);

    /// <summary>The zone of an IANA name, or of a fixed offset such as <c>+02:00</c>.</summary>
    /// <exception cref="FormatException">There is none; the message says what would be valid.</exception>
    public static TimeZoneRule Parse(string name)
    {
        var offset = name.Trim().TrimStart('+');
        if (name.Length > 0 && name[0] is '+' or '-'
            && TimeSpan.TryParseExact(offset.TrimStart('-'), "hh\\:mm", CultureInfo.InvariantCulture, out var span) && span <= TimeSpan.FromHours(14))
        {
            span = name[0] == '-' ? -span : span;
            return new TimeZoneRule(name, TimeZoneInfo.CreateCustomTimeZone(name, span, name, name), IsGiven: true);
        }

        try
        {
            return new TimeZoneRule(name, TimeZoneInfo.FindSystemTimeZoneById(name), IsGiven: true);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException)
        {
            throw new FormatException(
                $"--time-zone {name} is not known here; name one as the IANA database does, such as Europe/Berlin, or give an offset such as +02:00.", exception);
        }
    }

    /// <summary>
    /// The instant of a local time. When clocks go back an hour is shown twice: the first one is taken. When they go forward
    /// an hour is left out: a time in it never was, and is refused.
    /// </summary>
    public bool TryResolve(DateTime local, out DateTimeOffset instant)
    {
        instant = default;
        if (ReferenceEquals(Zone, TimeZoneInfo.Utc))
        {
            instant = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
            return true;
        }

        if (Zone.IsInvalidTime(local))
        {
            return false;
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }
}
