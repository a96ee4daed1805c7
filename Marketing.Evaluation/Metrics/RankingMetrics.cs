using System.Globalization;
using Marketing.Domain;

namespace Marketing.Evaluation.Metrics;

/// <summary>
/// Standard ranking metrics with binary relevance, defined as in Cornac and Microsoft Recommenders, so that results can be compared
/// with published ones.
/// </summary>
internal static class RankingMetrics
{
    /// <summary>The share of relevant campaigns that are among the first k.</summary>
    public static RankingMetric Recall(int k) => new(Named("recall", k),
        (ranking, relevant) => Hits(ranking, relevant, k) / (double)relevant.Count);

    /// <summary>The share of the first k that are relevant; missing places in a shorter ranking count as wrong.</summary>
    public static RankingMetric Precision(int k) => new(Named("precision", k),
        (ranking, relevant) => Hits(ranking, relevant, k) / (double)k);

    /// <summary>1 when any of the first k is relevant, else 0.</summary>
    public static RankingMetric HitRate(int k) => new(Named("hitrate", k),
        (ranking, relevant) => Hits(ranking, relevant, k) > 0 ? 1 : 0);

    /// <summary>The reciprocal rank of the first relevant campaign in the whole ranking; 0 when there is none.</summary>
    public static RankingMetric ReciprocalRank { get; } = new("mrr", (ranking, relevant) =>
    {
        for (var i = 0; i < ranking.Count; i++)
        {
            if (relevant.Contains(ranking[i]))
            {
                return 1.0 / (i + 1);
            }
        }

        return 0;
    });

    /// <summary>
    /// The average precision of the first k: the precision at each relevant campaign, divided by the number of all relevant ones (not
    /// capped at k).
    /// </summary>
    public static RankingMetric AveragePrecision(int k) => new(Named("map", k), (ranking, relevant) =>
    {
        var sum = 0.0;
        var hits = 0;
        for (var i = 0; i < Math.Min(k, ranking.Count); i++)
        {
            if (relevant.Contains(ranking[i]))
            {
                sum += ++hits / (double)(i + 1);
            }
        }

        return sum / relevant.Count;
    });

    /// <summary>The normalized discounted cumulative gain of the first k.</summary>
    public static RankingMetric Ndcg(int k) => new(Named("ndcg", k), (ranking, relevant) =>
    {
        var gain = 0.0;
        for (var i = 0; i < Math.Min(k, ranking.Count); i++)
        {
            gain += relevant.Contains(ranking[i]) ? Discount(i) : 0;
        }

        return gain / Enumerable.Range(0, Math.Min(k, relevant.Count)).Sum(Discount);
    });

    private static double Discount(int place) => 1 / Math.Log2(place + 2);

    private static int Hits(IReadOnlyList<CampaignId> ranking, IReadOnlySet<CampaignId> relevant, int k)
    {
        var hits = 0;
        for (var i = 0; i < Math.Min(k, ranking.Count); i++)
        {
            hits += relevant.Contains(ranking[i]) ? 1 : 0;
        }

        return hits;
    }

    private static string Named(string name, int k) => string.Create(CultureInfo.InvariantCulture, $"{name}@{k}");
}
