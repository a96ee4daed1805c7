using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>Units since 1970, whole or fractional.</summary>
internal sealed class EpochTimeFormat : TimeFormat
{
    public static readonly EpochTimeFormat Seconds = new("epoch-s", TimeSpan.TicksPerSecond);
    public static readonly EpochTimeFormat Milliseconds = new("epoch-ms", TimeSpan.TicksPerMillisecond);
    public static readonly EpochTimeFormat Microseconds = new("epoch-us", TimeSpan.TicksPerMicrosecond);
    public static readonly EpochTimeFormat Nanoseconds = new("epoch-ns", 1m / TimeSpan.NanosecondsPerTick);

    private readonly decimal _ticks;

    private EpochTimeFormat(string name, decimal ticks)
        : base(name) => _ticks = ticks;

    public override bool TryRead(ReadOnlySpan<char> value, out WrittenTime time)
    {
        time = default;
        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            || units > (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / _ticks)
        {
            return false;
        }

        time = new WrittenTime(new DateTime(DateTime.UnixEpoch.Ticks + (long)(units * _ticks)), TimeSpan.Zero);
        return true;
    }

    /// <summary>The unit with which a number is a time between 1973 and a hundred years later; null when there is none.</summary>
    public static EpochTimeFormat? Guess(ReadOnlySpan<char> value) =>
        !decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) ? null
        : units switch
        {
            >= 1e8m and < 4e9m => Seconds,
            >= 1e11m and < 4e12m => Milliseconds,
            >= 1e14m and < 4e15m => Microseconds,
            >= 1e17m and < 4e18m => Nanoseconds,
            _ => null,
        };
}
