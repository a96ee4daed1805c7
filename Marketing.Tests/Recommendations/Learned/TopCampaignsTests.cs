using Marketing.Recommendations.Learned;

namespace Marketing.Tests.Recommendations.Learned;

public sealed class TopCampaignsTests
{
    [Fact]
    public void It_agrees_with_sorting_whatever_the_scores()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            // Few distinct values, so that ties are common.
            var scores = Enumerable.Range(0, random.Next(0, 60))
                .Select(_ => random.Next(5) is 0 ? float.NegativeInfinity : random.Next(-3, 4) / 2f)
                .ToArray();
            var best = new int[random.Next(0, 20)];

            var count = TopCampaigns.Select(scores, best);

            var expected = Enumerable.Range(0, scores.Length)
                .Where(i => !float.IsNegativeInfinity(scores[i]))
                .OrderByDescending(i => scores[i])
                .ThenBy(i => i)
                .Take(best.Length);
            Assert.Equal(expected, best.Take(count));
        }
    }
}
