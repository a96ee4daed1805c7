using Marketing.Domain;
using Marketing.Evaluation.Metrics;

namespace Marketing.Tests.Evaluation;

/// <summary>Compares with values computed by hand for the ranking a, b, c, d where b, d and z are correct.</summary>
public sealed class RankingMetricsTests
{
    private static readonly CampaignId[] Ranking = Ids("abcd");
    private static readonly HashSet<CampaignId> Relevant = [.. Ids("bdz")];

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 1 / 3.0)]
    [InlineData(10, 2 / 3.0)]
    public void Recall_is_of_all_that_is_right(int k, double expected) =>
        Assert.Equal(expected, RankingMetrics.Recall(k).Of(Ranking, Relevant), 12);

    [Theory]
    [InlineData(2, 1 / 2.0)]
    [InlineData(10, 2 / 10.0)]
    public void Precision_is_of_k_even_when_fewer_are_ranked(int k, double expected) =>
        Assert.Equal(expected, RankingMetrics.Precision(k).Of(Ranking, Relevant), 12);

    [Fact]
    public void Average_precision_is_normalized_by_all_that_is_right() =>
        Assert.Equal(((1 / 2.0) + (2 / 4.0)) / 3, RankingMetrics.AveragePrecision(10).Of(Ranking, Relevant), 12);

    [Fact]
    public void Average_precision_of_a_perfect_answer_is_below_one_when_more_is_right_than_asked_for() =>
        Assert.Equal(2 / 3.0, RankingMetrics.AveragePrecision(2).Of(Ids("bd"), Relevant), 12);

    [Fact]
    public void Discounted_gain_of_a_perfect_answer_is_one_when_more_is_right_than_asked_for() =>
        Assert.Equal(1, RankingMetrics.Ndcg(2).Of(Ids("bd"), Relevant), 12);

    [Fact]
    public void Discounted_gain_is_over_the_best_order_there_could_be()
    {
        var gain = (1 / Math.Log2(3)) + (1 / Math.Log2(5));
        var best = (1 / Math.Log2(2)) + (1 / Math.Log2(3)) + (1 / Math.Log2(4));

        Assert.Equal(gain / best, RankingMetrics.Ndcg(10).Of(Ranking, Relevant), 12);
    }

    [Fact]
    public void With_k_below_what_is_right_the_best_order_has_k_places() =>
        Assert.Equal(1 / Math.Log2(3), RankingMetrics.Ndcg(2).Of(Ranking, Relevant) * (1 + (1 / Math.Log2(3))), 12);

    [Fact]
    public void Reciprocal_rank_looks_at_the_first_that_is_right() =>
        Assert.Equal(1 / 2.0, RankingMetrics.ReciprocalRank.Of(Ranking, Relevant), 12);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void A_hit_is_any_that_is_right(int k, double expected) =>
        Assert.Equal(expected, RankingMetrics.HitRate(k).Of(Ranking, Relevant));

    [Fact]
    public void An_empty_ranking_is_worth_nothing()
    {
        RankingMetric[] all =
        [
            RankingMetrics.Recall(10), RankingMetrics.Precision(10), RankingMetrics.AveragePrecision(10),
            RankingMetrics.Ndcg(10), RankingMetrics.ReciprocalRank, RankingMetrics.HitRate(10),
        ];

        Assert.All(all, metric => Assert.Equal(0, metric.Of([], Relevant)));
    }

    private static CampaignId[] Ids(string names) => [.. names.Select(name => new CampaignId(name.ToString()))];
}
