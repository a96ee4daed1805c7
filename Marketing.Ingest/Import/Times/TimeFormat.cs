namespace Marketing.Ingest.Import.Times;

/// <summary>A way to write times.</summary>
internal abstract class TimeFormat(string name)
{
    /// <summary>As <c>--time-format</c> takes it.</summary>
    public string Name => name;

    /// <summary>Reads a value without white space around it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="time">What it says.</param>
    /// <returns>False when it is not written this way.</returns>
    public abstract bool TryRead(ReadOnlySpan<char> value, out WrittenTime time);

    /// <summary>The format of a name or a pattern.</summary>
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

/// <summary>What a value says: an instant, or what a clock showed somewhere.</summary>
/// <param name="Clock">The date and time it shows.</param>
/// <param name="Offset">How far that clock is ahead of UTC; null when the value does not say.</param>
internal readonly record struct WrittenTime(DateTime Clock, TimeSpan? Offset);
