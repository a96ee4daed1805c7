using System.Globalization;

namespace Marketing.Projections.Ingestion;

/// <summary>Durations as people write them: a whole number and <c>m</c>, <c>h</c> or <c>d</c>, such as <c>7d</c>.</summary>
public static class WindowText
{
    /// <summary>The rule as the end of a sentence.</summary>
    public const string Rule = "must be a whole number from 1 to 9999 followed by m, h or d, such as 7d";

    /// <summary>The rule as a regular expression, for JSON Schema.</summary>
    public const string Pattern = "^[1-9][0-9]{0,3}[mhd]$";

    /// <summary>Parses a duration.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan window)
    {
        window = default;
        if (text is not [>= '1' and <= '9', .. { Length: <= 4 }]
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        window = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => default,
        };
        return window > TimeSpan.Zero;
    }

    /// <summary>Formats a duration of whole minutes in the largest unit that fits.</summary>
    public static string Format(TimeSpan window) =>
        window.Ticks % TimeSpan.TicksPerDay == 0 ? string.Create(CultureInfo.InvariantCulture, $"{window.Ticks / TimeSpan.TicksPerDay}d") :
        window.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{window.Ticks / TimeSpan.TicksPerHour}h") :
        string.Create(CultureInfo.InvariantCulture, $"{window.Ticks / TimeSpan.TicksPerMinute}m");
}
