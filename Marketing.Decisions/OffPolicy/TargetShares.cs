using System.Runtime.InteropServices;
using Marketing.Decisions.OffPolicy.Rewards;

namespace Marketing.Decisions.OffPolicy;

/// <summary>How the target policy spreads over the pairs of context and action, and what the log knows of these pairs.</summary>
internal sealed class TargetShares
{
    // A policy that chooses well prefers actions that are better than the model believes, so that the errors share a sign.
    private const double ErrorCorrelation = 0.1;

    private readonly Dictionary<(int Context, int Action), double> _shares;
    private readonly CellSums _sums;

    private TargetShares(Dictionary<(int Context, int Action), double> shares, CellSums sums)
    {
        _shares = shares;
        _sums = sums;
    }

    /// <summary>The share of the target policy's actions that the log has taken in the same context.</summary>
    public double Support => _shares.Sum(share => _sums.PairOf(share.Key.Context, share.Key.Action) >= 0 ? share.Value : 0);

    /// <summary>The variance of the direct method: what remains unknown of the rates, weighted by the target policy.</summary>
    /// <remarks>
    /// The mean squared error of the credibility estimator, level by level; see Bühlmann and Gisler, "A Course in Credibility Theory and its
    /// Applications", 2005, chapter 6. It covers the bias of shrinking as well as noise, as far as rates differ as the model assumes.
    /// </remarks>
    public double DirectVariance()
    {
        var model = RewardModel.Fit(_sums);
        double variance = 0, errors = 0, common = 0;
        foreach (var action in _shares.GroupBy(share => share.Key.Action))
        {
            double onAction = 0, ofAction = 0;
            foreach (var ((context, number), share) in action)
            {
                var pair = _sums.PairOf(context, number);
                var unknown = 1 - model.Pairs.WeightOf(pair >= 0 ? _sums.Pairs[pair].Count : 0);
                ofAction += share * share * unknown * model.Pairs.BetweenVariance;
                onAction += share * unknown;
            }

            var unknownAction = 1 - model.Actions.WeightOf(action.Key >= 0 ? _sums.Actions[action.Key].Count : 0);
            ofAction += onAction * onAction * unknownAction * model.Actions.BetweenVariance;
            variance += ofAction;
            errors += Math.Sqrt(ofAction);
            common += onAction * unknownAction;
        }

        return ((1 - ErrorCorrelation) * variance) + (ErrorCorrelation * errors * errors) + (common * common * OverallVariance(model));
    }

    public static TargetShares Of(ReadOnlySpan<LogEntry> entries, CellSums sums)
    {
        var places = new Dictionary<(int Context, TargetActions Target), int>();
        foreach (var entry in entries)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(places, (entry.Context, entry.Target), out _)++;
        }

        var shares = new Dictionary<(int Context, int Action), double>();
        foreach (var ((context, target), count) in places)
        {
            foreach (var (action, probability) in target.Actions)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(shares, (context, action), out _) += probability * count / entries.Length;
            }
        }

        return new(shares, sums);
    }

    private double OverallVariance(RewardModel model)
    {
        var total = _sums.Total.Count;
        var concentration = _sums.Actions.Sum(action => action.Count / total * (action.Count / total));
        return (model.Actions.WithinVariance / total) + (model.Actions.BetweenVariance * concentration);
    }
}
