using Marketing.Decisions.OffPolicy;

namespace Marketing.Evaluation.OpenBandit;

/// <summary>A policy that depends only on the position: the probability of each item there.</summary>
internal sealed class PolicyTable
{
    private readonly Dictionary<string, ActionProbability[]> _positions;

    private PolicyTable(Dictionary<string, ActionProbability[]> positions) => _positions = positions;

    /// <summary>All items that occur, each as likely as the others at every position.</summary>
    public static PolicyTable Uniform(IReadOnlyCollection<Impression> impressions)
    {
        string[] items = [.. impressions.Select(impression => impression.Item).Distinct()];
        ActionProbability[] probabilities = [.. items.Select(item => new ActionProbability(item, 1.0 / items.Length))];
        return new(impressions.Select(impression => impression.Position).Distinct().ToDictionary(position => position, _ => probabilities));
    }

    /// <summary>The policy as it acted over the whole log: the share of each item among the impressions at a position.</summary>
    /// <remarks>
    /// Thompson sampling changes while it learns, and what its own log measures is the mean policy over that time. The mean of the logged
    /// propensities would not be that: an item is logged most when its propensity is high, and on the sample of campaign men these means sum
    /// to 1.7 and more at each position.
    /// </remarks>
    public static PolicyTable Observed(IEnumerable<Impression> impressions) => new(impressions
        .GroupBy(impression => impression.Position)
        .ToDictionary(position => position.Key, position => Shares([.. position])));

    private static ActionProbability[] Shares(IReadOnlyCollection<Impression> impressions) =>
    [
        .. impressions.CountBy(impression => impression.Item)
            .Select(item => new ActionProbability(item.Key, (double)item.Value / impressions.Count)),
    ];

    /// <summary>The probabilities at a position; nothing where the policy never acted.</summary>
    public IReadOnlyList<ActionProbability> At(string position) => _positions.GetValueOrDefault(position, []);
}
