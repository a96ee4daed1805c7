namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>The hours and days by which totals are kept, counted from 1970, UTC.</summary>
internal static class Bucket
{
    /// <summary>The number of hours in a day.</summary>
    public const long Hours = 24;

    private const long MillisecondsAnHour = 3_600_000;

    public static long HourOf(long milliseconds) => Floor(milliseconds, MillisecondsAnHour);

    public static long DayOf(long hour) => Floor(hour, Hours);

    public static long DayOf(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static DateOnly DateOf(long day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)day);

    // Times before 1970 belong to the bucket below, not to the one nearer zero.
    private static long Floor(long value, long unit) => (value / unit) - (value % unit < 0 ? 1 : 0);
}
