using System.Globalization;

namespace Marketing.Stores.Mongo;

/// <summary>The position of a copy in a log whose documents have no order in which they were appended.</summary>
/// <param name="Since">Reads what was appended from then on, in milliseconds since 1970, UTC; null reads all.</param>
/// <param name="StartedAt">When this sweep began.</param>
/// <param name="After">The last id that was read; null before the first.</param>
internal sealed record MongoSweep(long? Since, long StartedAt, string? After)
{
    /// <summary>How much earlier than the last sweep an append may be dated: the clocks of several processes date them.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public static MongoSweep Parse(string? position)
    {
        if (position?.Split(' ', 3) is not [var since, var startedAt, .. var after])
        {
            return new MongoSweep(null, 0, null);
        }

        return new MongoSweep(
            since == "-" ? null : long.Parse(since, CultureInfo.InvariantCulture),
            long.Parse(startedAt, CultureInfo.InvariantCulture),
            after is [var id] ? id : null);
    }

    /// <summary>The sweep after this one.</summary>
    public MongoSweep Next() => new(StartedAt - (long)Margin.TotalMilliseconds, StartedAt, null);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Since is { } since ? since.ToString(CultureInfo.InvariantCulture) : "-")} {StartedAt}{(After is null ? "" : " " + After)}");
}
