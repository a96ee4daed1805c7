using System.Globalization;
using System.Text;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Ingestion;

public sealed class Rfc3339Tests
{
    private readonly InteractionReader _reader = new(
        new InteractionLimits(), new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000")]
    [InlineData("2026-11-23t10:00:00z", "2026-11-23T10:00:00.000")]
    [InlineData("2026-11-23 10:00:00Z", "2026-11-23T10:00:00.000")]
    [InlineData("2019-11-24 00:03:13.442536+00:00", "2019-11-24T00:03:13.442")]
    [InlineData("2026-11-23T10:00:00.1234567890123456789Z", "2026-11-23T10:00:00.123")]
    [InlineData("2026-11-23T10:00:00.9Z", "2026-11-23T10:00:00.900")]
    [InlineData("2026-11-23T10:00:00.9999999999Z", "2026-11-23T10:00:00.999")]
    [InlineData("2026-11-23T10:00:00-00:00", "2026-11-23T10:00:00.000")]
    [InlineData("2026-11-23T01:00:00+23:59", "2026-11-22T01:01:00.000")]
    [InlineData("2026-11-22T01:00:00-23:59", "2026-11-23T00:59:00.000")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999")]
    [InlineData("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59.999")]
    [InlineData("1990-12-31T23:59:60.5z", "1990-12-31T23:59:59.999")]
    [InlineData("2024-02-29T10:00:00Z", "2024-02-29T10:00:00.000")]
    [InlineData("2026-11-23T10:00Z", "2026-11-23T10:00:00.000")]
    [InlineData("2026-11-23T10:00:00\\u005a", "2026-11-23T10:00:00.000")]
    public void What_RFC_3339_allows_is_taken(string text, string utc)
    {
        Assert.True(TryRead(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T10:00:00")]
    [InlineData("2026-11-23T10:00:00+0100")]
    [InlineData("2026-11-23T10:00:00+01")]
    [InlineData("2026-11-23T10:00:00+24:00")]
    [InlineData("2026-11-23T10:00:00.Z")]
    [InlineData("2026-11-23T10:00:60Z")]
    [InlineData("2026-11-23T23:59:60Z")]
    [InlineData("2026-11-23T10:00:61Z")]
    [InlineData("2026-11-23T24:00:00Z")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-13-01T10:00:00Z")]
    [InlineData("2026-11-23_10:00:00Z")]
    [InlineData("2026-11-23  10:00:00Z")]
    [InlineData("2026-11-23T10:00:00 Z")]
    [InlineData(" 2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T10:00:00Zz")]
    [InlineData("2026-11-23T10:00:")]
    [InlineData("2026-11-23T10:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("২০২৬-11-23T10:00:00Z")]
    public void What_it_does_not_allow_is_refused(string text) => Assert.False(TryRead(text, out _));

    private bool TryRead(string text, out DateTimeOffset instant)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"userId":"u","type":"chat","text":"hi","occurredAt":"{{text}}"}""");
        var read = _reader.TryRead(json, out var interaction, out var error);
        instant = interaction?.OccurredAt ?? default;
        Assert.Equal(read ? null : "occurredAt", error?.Field);
        return read;
    }
}
