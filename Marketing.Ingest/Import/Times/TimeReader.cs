using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import.Times;

/// <summary>Parses the times of one file.</summary>
/// <param name="format">The format; null accepts only ISO 8601 with an offset.</param>
/// <param name="zone">The time zone for times without an offset.</param>
/// <param name="isGuessed">Whether the format was detected from the first lines.</param>
internal sealed class TimeReader(TimeFormat? format, TimeZoneRule zone, bool isGuessed)
{
    private const string Field = "occurredAt";

    /// <summary>Whether to try the API's strict format first; false when an option selects a different format.</summary>
    public bool AllowsStrict => isGuessed || format is null or IsoTimeFormat;

    /// <summary>Parses a value; false when it is not a valid time.</summary>
    public bool TryRead(ReadOnlySpan<char> value, out DateTimeOffset instant, [NotNullWhen(false)] out FieldError? error)
    {
        (instant, error) = (default, null);
        value = value.Trim();
        if (!((format is not null && format.TryRead(value, out var time)) || (IsoTimeFormat.Instance.TryRead(value, out time) && time.Offset is not null)))
        {
            error = new FieldError(Field, format is null
                ? "occurredAt must be a time with an offset, such as 2026-11-23T10:00:00Z. If it has another format, name it, such as --time-format epoch-ms or --time-format 'MM/dd/yyyy HH:mm'."
                : $"occurredAt must be a time in the format {format.Name}, {(isGuessed ? "like the first lines; --time-format overrides this" : "as --time-format says")}.");
            return false;
        }

        if (time.Offset is { } offset)
        {
            var ticks = time.Clock.Ticks - offset.Ticks;
            if (ticks >= 0 && ticks <= DateTime.MaxValue.Ticks)
            {
                instant = new DateTimeOffset(ticks, TimeSpan.Zero);
                return true;
            }
        }
        else if (zone.TryResolve(time.Clock, out instant))
        {
            return true;
        }

        error = new FieldError(Field, string.Create(CultureInfo.InvariantCulture,
            $"occurredAt must be a time that exists: in {zone.Name}, the clocks skipped it when they went forward, so the times may be in another zone (--time-zone)."));
        return false;
    }
}
