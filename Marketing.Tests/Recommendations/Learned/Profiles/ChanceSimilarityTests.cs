using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Tests.Recommendations.Learned.Profiles;

public sealed class ChanceSimilarityTests
{
    private const int Dimensions = 64;

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(4f)]
    public void Chance_is_found_in_whatever_range_an_embedder_has_its_cosines(float common)
    {
        var unrelated = Messages(200, topics: 200, common);

        var chance = ChanceSimilarity.Of(unrelated)!;

        var beyond = Pairs(unrelated).Count(cosine => cosine >= chance.Evidence) / (double)Pairs(unrelated).Count;
        Assert.InRange(beyond, 0.001, 0.03);
        Assert.True(chance.Hint < chance.Evidence && chance.Evidence <= chance.Proof);
    }

    [Fact]
    public void That_a_tenth_of_the_pairs_is_about_the_same_hardly_moves_it()
    {
        var scattered = ChanceSimilarity.Of(Messages(200, topics: 200, common: 1))!;
        var grouped = ChanceSimilarity.Of(Messages(200, topics: 10, common: 1))!;

        Assert.Equal(scattered.Evidence, grouped.Evidence, 0.1f);
    }

    [Fact]
    public void A_few_messages_do_not_tell() =>
        Assert.Null(ChanceSimilarity.Of(Messages(ChanceSimilarity.FewestMessages - 1, topics: 5, common: 0)));

    [Fact]
    public void Where_all_say_the_same_nothing_more_can_be_asked() =>
        Assert.InRange(ChanceSimilarity.Of(Messages(40, topics: 1, common: 1_000))!.Evidence, 0.94f, 0.96f);

    /// <summary>Returns random vectors with a part common to all, a part per topic, and an individual part.</summary>
    private static List<ReadOnlyMemory<float>> Messages(int count, int topics, float common)
    {
        var random = new Random(5);
        float[] Draw() => [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
        var all = Draw();
        float[][] about = [.. Enumerable.Range(0, topics).Select(_ => Draw())];
        return [.. Enumerable.Range(0, count).Select(message =>
        {
            var own = Draw();
            return (ReadOnlyMemory<float>)Enumerable.Range(0, Dimensions)
                .Select(i => (common * all[i]) + (2 * about[message % topics][i]) + own[i]).ToArray();
        })];
    }

    private static List<float> Pairs(List<ReadOnlyMemory<float>> messages) =>
        [.. messages.SelectMany((one, i) => messages.Take(i).Select(
            other => System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(one.Span, other.Span)))];
}
