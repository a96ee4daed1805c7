using System.Buffers;
using System.Text.Json;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Caching;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Recommendations.Caching;

public sealed class AnswerSerializerTests
{
    private static readonly RecommendationEvidence Evidence = new(
        [new("someone", 0.8123456789, 3, 2, 1, 4, 0), new("someone-else", 0.7123456789, 1, 1, 0, 0, 0)],
        new Dictionary<string, double> { ["similarUsers"] = 0.5123456789, ["popular"] = 0.1123456789 },
        new(1200, 1000, 150, 50, 0.1523456789, 0.1223456789));

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(50, false)]
    [InlineData(5, true)]
    public void Without_a_second_level_an_answer_counts_about_as_much_as_its_json(int campaigns, bool explained)
    {
        var answer = Answer(campaigns, explained);
        var json = JsonSerializer.SerializeToUtf8Bytes(answer);

        Assert.InRange(Serialize(new AnswerSerializer(), answer).Length, json.Length * 0.8, json.Length * 1.2);
    }

    [Fact]
    public void An_answer_in_the_second_level_is_read_as_it_was_written()
    {
        var answer = Answer(5, explained: true);
        var serializer = new AnswerSerializer(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions())));

        var read = serializer.Deserialize(new ReadOnlySequence<byte>(Serialize(serializer, answer)));

        Assert.Equal(JsonSerializer.Serialize(answer), JsonSerializer.Serialize(read));
        Assert.Equal((answer.ComputedAt, answer.ValidUntil), (read.ComputedAt, read.ValidUntil));
    }

    private static byte[] Serialize(AnswerSerializer serializer, CachedAnswer answer)
    {
        var written = new ArrayBufferWriter<byte>();
        serializer.Serialize(answer, written);
        return written.WrittenSpan.ToArray();
    }

    private static CachedAnswer Answer(int campaigns, bool explained) => new(
        new Recommendation(
            "user-12345",
            "hybrid",
            RecommendationBasis.Chat,
            [.. Enumerable.Range(0, campaigns).Select(i => new RecommendedCampaign(
                $"campaign-{i}", $"Campaign number {i}", 1.123456789 + i, "12 people who said similar things clicked it.", explained ? Evidence : null))],
            []),
        Sample.Noon,
        Sample.Noon.AddMinutes(1));
}
