using System.Globalization;
using Marketing.Domain;

namespace Marketing.Evaluation.Metrics;

/// <summary>
/// The ranking metrics of the field with binary relevance, as Cornac and Microsoft Recommenders define them, so that figures
/// can be laid beside published ones.
/// </summary>
internal static class RankingMetrics
{
    /// <summary>The share of the right campaigns that are among the first k.</summary>
    public static RankingMetric Recall(int k) => new(Named("recall", k),
        (ranking, relevant) => Hits(ranking, relevant, k) / (double)relevant.Count);

    /// <summary>The share of k that are right; a ranking shorter than k counts as filled with wrong ones.</summary>
    public static RankingMetric Precision(int k) => new(Named("precision", k),
        (ranking, relevant) => Hits(ranking, relevant, k) / (double)k);

    /// <summary>1 when any of the first k is right.</summary>
    public static RankingMetric HitRate(int k) => new(Named("hitrate", k),
        (ranking, relevant) => Hits(ranking, relevant, k) > 0 ? 1 : 0);

    /// <summary>One over the place of the first right one, counted from 1; 0 when there is none in the whole ranking.</summary>
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

    /// <summary>Average precision of the first k: the precision at each right one, over the number of all right ones (not of at most k).</summary>
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

    /// <summary>Discounted gain of the first k over the most that there could be.</summary>
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
