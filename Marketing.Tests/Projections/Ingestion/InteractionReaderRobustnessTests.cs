using System.Text;
using Marketing.Projections.Ingestion;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Projections.Ingestion;

public sealed class InteractionReaderRobustnessTests
{
    private const string Valid = """
        {"eventId":"e-1","userId":"u-1","type":"chat","campaignId":"c-9","text":"my c\u00e4rd 😀 \ud83d\ude00","occurredAt":"2026-11-23T10:00:00.123Z","properties":{"a":[1,-2.5e3,true,null,{"b":"\n"}]}}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_the_bytes_there_is_an_interaction_or_a_reason(int seed)
    {
        var random = new Random(seed);
        var reader = new InteractionReader(new InteractionLimits(), new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        var valid = Encoding.UTF8.GetBytes(Valid);
        Assert.True(reader.TryRead(valid, out _, out _));
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = valid.AsSpan(0, random.Next(4) == 0 ? random.Next(valid.Length) : valid.Length).ToArray();
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : "{}[]\",:\\u0aZ "[random.Next(13)]);
            }

            var read = reader.TryRead(bytes, out var interaction, out var error);
            Assert.Equal(read, interaction is not null);
            Assert.Equal(read, error is null);
        }
    }
}
