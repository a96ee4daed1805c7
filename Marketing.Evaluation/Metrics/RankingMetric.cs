using Marketing.Domain;

namespace Marketing.Evaluation.Metrics;

/// <summary>A quality measure of one ranking, 0 to 1.</summary>
/// <param name="Name">The printed name, e.g. <c>recall@10</c>.</param>
/// <param name="Of">Computes the value from a ranking (best first, no duplicates) and the relevant campaigns (at least one).</param>
internal sealed record RankingMetric(
    string Name, Func<IReadOnlyList<CampaignId>, IReadOnlySet<CampaignId>, double> Of);
