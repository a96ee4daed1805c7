using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>The time zone for times without an offset.</summary>
/// <param name="Name">The name, as <c>--time-zone</c> accepts it.</param>
/// <param name="Zone">The time zone.</param>
/// <param name="IsGiven">Whether the user specified it; otherwise it is UTC.</param>
internal sealed record TimeZoneRule(string Name, TimeZoneInfo Zone, bool IsGiven)
{
    /// <summary>The default.</summary>
    public static readonly TimeZoneRule Utc = new("UTC", TimeZoneInfo.Utc, IsGiven: false);

    /// <summary>Finds the zone for an IANA name or a fixed offset such as <c>+02:00</c>.</summary>
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
                $"--time-zone {name} is unknown; it must be an IANA name such as Europe/Berlin, or an offset such as +02:00.", exception);
        }
    }

    /// <summary>Converts a local time to an instant.</summary>
    /// <remarks>
    /// When clocks go back, an hour occurs twice, and the first occurrence is used. When they go forward, an hour is skipped, and a time
    /// within it is rejected.
    /// </remarks>
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
