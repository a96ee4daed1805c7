using System.Globalization;
using Marketing.Ingest.Import.Times;

namespace Marketing.Tests.Ingest;

public sealed class TimeFormatTests
{
    [Theory]
    [InlineData("2019-11-24 00:03:13.442536+00:00", "2019-11-24T00:03:13.4425360Z")]
    [InlineData("2019-11-24T00:03:13Z", "2019-11-24T00:03:13Z")]
    [InlineData("2019-11-24 01:03:13 +0100", "2019-11-24T00:03:13Z")]
    [InlineData("2019-11-23T20:03-04", "2019-11-24T00:03:00Z")]
    [InlineData("2019-11-24 00:03:13,5 UTC", "2019-11-24T00:03:13.5Z")]
    [InlineData("2016-12-31t23:59:60z", "2017-01-01T00:00:00Z")]
    [InlineData("2019-11-24", "2019-11-24T00:00:00Z")]
    [InlineData("2019-11-24 10:00", "2019-11-24T10:00:00Z")]
    [InlineData("1574553793", "2019-11-24T00:03:13Z")]
    [InlineData("1574553793.4425", "2019-11-24T00:03:13.4425Z")]
    [InlineData("1574553793442", "2019-11-24T00:03:13.442Z")]
    [InlineData("1574553793442536", "2019-11-24T00:03:13.442536Z")]
    [InlineData("1574553793442536000", "2019-11-24T00:03:13.442536Z")]
    [InlineData("978300760.0", "2000-12-31T22:12:40Z")]
    [InlineData("20191124", "2019-11-24T00:00:00Z")]
    [InlineData("20191124000313", "2019-11-24T00:03:13Z")]
    [InlineData("24/11/2019 00:03", "2019-11-24T00:03:00Z")]
    [InlineData("11/24/2019 12:03:13 AM", "2019-11-24T00:03:13Z")]
    [InlineData("1/24/2019", "2019-01-24T00:00:00Z")]
    [InlineData("24.1.2019 10:00", "2019-01-24T10:00:00Z")]
    [InlineData("2019/11/24 00:03:13", "2019-11-24T00:03:13Z")]
    [InlineData("24-Nov-2019 00:03:13", "2019-11-24T00:03:13Z")]
    [InlineData("Nov 24, 2019", "2019-11-24T00:00:00Z")]
    [InlineData("Sun, 24 Nov 2019 00:03:13 GMT", "2019-11-24T00:03:13Z")]
    public void A_time_that_leaves_no_doubt_is_read_without_an_option(string written, string expected)
    {
        var (reader, _) = Choose(written);

        Assert.True(reader.TryRead(written, out var instant, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData("03/04/2026 10:00")]
    [InlineData("3-4-2026")]
    public void The_day_or_the_month_first_is_asked_for_when_nothing_tells(string written)
    {
        var question = Assert.Throws<InvalidDataException>(() => Choose(written, written)).Message;

        Assert.Contains("whether the day or the month comes first", question, StringComparison.Ordinal);
        Assert.Contains("--time-format 'd", question, StringComparison.Ordinal);
        Assert.Contains("--time-format 'M", question, StringComparison.Ordinal);
    }

    [Fact]
    public void One_later_line_tells_the_day_from_the_month_for_all()
    {
        var (reader, notes) = Choose([.. Enumerable.Repeat("03/04/2026", 500), "25/04/2026"]);

        Assert.True(reader.TryRead("03/04/2026", out var instant, out _));
        Assert.Equal(4, instant.Month);
        Assert.Contains("d/M/yyyy", notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_contradict_each_other_are_asked_about()
    {
        var question = Assert.Throws<InvalidDataException>(() => Choose("25/04/2026", "04/25/2026", "04/26/2026")).Message;

        Assert.Contains("in 25/04/2026 the day comes first, and in 04/25/2026 the month", question, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_two_units_are_asked_about()
    {
        var question = Assert.Throws<InvalidDataException>(() => Choose("1574553793", "1574553793442")).Message;

        Assert.Contains("are in different units", question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("25/11/26")]
    [InlineData("yesterday")]
    [InlineData("12")]
    [InlineData("2026-13-01")]
    public void What_cannot_be_told_is_refused_with_the_option_to_say_it(string written)
    {
        var (reader, _) = Choose(written);

        Assert.False(reader.TryRead(written, out _, out var error));
        Assert.Contains("--time-format", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MM/dd/yyyy HH:mm", "11/25/2026 10:00", "2026-11-25T10:00:00Z")]
    [InlineData("dd.MM.yy", "25.11.26", "2026-11-25T00:00:00Z")]
    [InlineData("yyyy-dd-MM", "2026-12-11", "2026-11-12T00:00:00Z")]
    [InlineData("yyyy-MM-dd'T'HH:mm:sszzz", "2026-11-25T10:00:00+01:00", "2026-11-25T09:00:00Z")]
    [InlineData("epoch-s", "86400", "1970-01-02T00:00:00Z")]
    [InlineData("epoch-ms", "86400000.0", "1970-01-02T00:00:00Z")]
    [InlineData("iso", "2026-11-25", "2026-11-25T00:00:00Z")]
    public void An_option_says_how_times_are_written(string format, string written, string expected)
    {
        var (reader, _) = new TimeOptions(TimeFormat.Parse(format), TimeZoneRule.Utc).Choose([written]);

        Assert.True(reader.TryRead(written, out var instant, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("HH:mm")]
    [InlineData("%m/%d/%Y")]
    [InlineData("mm/dd/yyyy")]
    [InlineData("milliseconds")]
    public void A_pattern_that_cannot_say_a_day_is_refused(string format) =>
        Assert.Contains("MM/dd/yyyy HH:mm", Assert.Throws<FormatException>(() => TimeFormat.Parse(format)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Europe/Berlin", "2026-07-01 12:00", "2026-07-01T10:00:00Z")]
    [InlineData("Europe/Berlin", "2026-01-01 12:00", "2026-01-01T11:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00Z")]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00Z")]
    [InlineData("+05:30", "2026-01-01 05:30", "2026-01-01T00:00:00Z")]
    [InlineData("-03:00", "2026-01-01 05:30", "2026-01-01T08:30:00Z")]
    [InlineData("Europe/Berlin", "2026-07-01 12:00Z", "2026-07-01T12:00:00Z")]
    public void A_time_without_an_offset_is_what_the_clock_of_the_zone_showed_first(string zone, string written, string expected)
    {
        var (reader, notes) = new TimeOptions(null, TimeZoneRule.Parse(zone)).Choose([written]);

        Assert.True(reader.TryRead(written, out var instant, out _));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), instant);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_time_that_the_clocks_left_out_is_refused()
    {
        var (reader, _) = new TimeOptions(null, TimeZoneRule.Parse("Europe/Berlin")).Choose(["2026-03-29 02:30"]);

        Assert.False(reader.TryRead("2026-03-29 02:30", out _, out var error));
        Assert.Contains("in Europe/Berlin, the clocks skipped it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_times_without_an_offset_are_taken_to_be_in_utc_is_said() =>
        Assert.Contains("UTC", Assert.Single(Choose("2026-03-29 02:30").Notes), StringComparison.Ordinal);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("+25:00")]
    [InlineData("")]
    public void A_zone_that_is_not_known_is_refused(string zone) =>
        Assert.Contains("Europe/Berlin", Assert.Throws<FormatException>(() => TimeZoneRule.Parse(zone)).Message, StringComparison.Ordinal);

    private static (TimeReader Reader, IReadOnlyList<string> Notes) Choose(params string[] first) =>
        new TimeOptions(null, TimeZoneRule.Utc).Choose(first);
}
