namespace Marketing.Ingest.Import.Times;

/// <summary>A time format.</summary>
internal abstract class TimeFormat(string name)
{
    /// <summary>The name, as <c>--time-format</c> accepts it.</summary>
    public string Name => name;

    /// <summary>Parses a trimmed value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="time">The parsed time.</param>
    /// <returns>False when the value does not match the format.</returns>
    public abstract bool TryRead(ReadOnlySpan<char> value, out WrittenTime time);

    /// <summary>Finds the format for a name or a pattern.</summary>
    /// <exception cref="FormatException">There is none; the message says what would be valid.</exception>
    public static TimeFormat Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "iso" or "iso8601" or "iso-8601" or "rfc3339" => IsoTimeFormat.Instance,
        "epoch-s" or "epoch-seconds" or "epoch" or "unix" => EpochTimeFormat.Seconds,
        "epoch-ms" or "epoch-milliseconds" => EpochTimeFormat.Milliseconds,
        "epoch-us" or "epoch-microseconds" => EpochTimeFormat.Microseconds,
        "epoch-ns" or "epoch-nanoseconds" => EpochTimeFormat.Nanoseconds,
        _ => PatternTimeFormat.Parse(text),
    };
}

/// <summary>A parsed time: an instant, or a local time.</summary>
/// <param name="Clock">The date and time as written.</param>
/// <param name="Offset">The offset from UTC; null when the value has none.</param>
internal readonly record struct WrittenTime(DateTime Clock, TimeSpan? Offset);
