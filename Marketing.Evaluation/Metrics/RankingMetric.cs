using Marketing.Domain;

namespace Marketing.Evaluation.Metrics;

/// <summary>How good one ranking is, 0 to 1.</summary>
/// <param name="Name">As it is printed, e.g. <c>recall@10</c>.</param>
/// <param name="Of">The value for a ranking, best first and without repeats, and the campaigns that were right (one at least).</param>
internal sealed record RankingMetric(
    string Name, Func<IReadOnlyList<CampaignId>, IReadOnlySet<CampaignId>, double> Of);
