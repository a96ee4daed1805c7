namespace Marketing.Decisions.OffPolicy.Rewards;

/// <summary>
/// Predicts the reward of an action in a context: the rate of the pair, shrunk toward the rate of the action in all contexts, which is
/// shrunk toward the overall rate.
/// </summary>
internal sealed class RewardModel
{
    // Assumed where the log does not show more: rates of actions differ by about half of the mean rate, rates of one action in different
    // contexts by a quarter. See docs/statistics.md.
    private const double LeastActionSpread = 0.5;
    private const double LeastPairSpread = 0.25;

    private readonly double[] _actionRates;
    private readonly double[] _pairRates;
    private readonly CellSums _sums;

    private RewardModel(CellSums sums, double[] actionRates, double[] pairRates, Credibility actions, Credibility pairs)
    {
        _sums = sums;
        _actionRates = actionRates;
        _pairRates = pairRates;
        Actions = actions;
        Pairs = pairs;
    }

    public Credibility Actions { get; }

    public Credibility Pairs { get; }

    public static RewardModel Fit(CellSums sums)
    {
        var overall = sums.Total.Rate;
        var within = sums.WithinVariance;
        var actionSpread = LeastActionSpread * overall;
        var pairSpread = LeastPairSpread * overall;
        var actions = Credibility.Estimate(sums.Actions.Select(action => (action.Count, action.Rate, overall)), within, actionSpread * actionSpread);
        double[] actionRates = [.. sums.Actions.Select(action => Shrink(action, overall, actions))];
        var pairs = Credibility.Estimate(
            sums.Pairs.Select((pair, index) => (pair.Count, pair.Rate, sums.Actions[sums.ActionOf(index)].Rate)), within, pairSpread * pairSpread);
        double[] pairRates = [.. sums.Pairs.Select((pair, index) => Shrink(pair, actionRates[sums.ActionOf(index)], pairs))];
        return new(sums, actionRates, pairRates, actions, pairs);
    }

    public double Predict(int context, int action) =>
        _sums.PairOf(context, action) is var pair && pair >= 0 ? _pairRates[pair]
        : action >= 0 ? _actionRates[action]
        : _sums.Total.Rate;

    private static double Shrink(CellSum cell, double common, Credibility credibility) =>
        common + (credibility.WeightOf(cell.Count) * (cell.Rate - common));
}
