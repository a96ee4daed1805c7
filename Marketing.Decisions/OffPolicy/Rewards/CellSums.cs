namespace Marketing.Decisions.OffPolicy.Rewards;

/// <summary>Count and reward of some outcomes.</summary>
internal readonly record struct CellSum(double Count, double Reward)
{
    public double Rate => Count > 0 ? Reward / Count : 0;

    public CellSum Add(double reward) => new(Count + 1, Reward + reward);

    public static CellSum operator +(CellSum left, CellSum right) => new(left.Count + right.Count, left.Reward + right.Reward);

    public static CellSum operator -(CellSum left, CellSum right) => new(left.Count - right.Count, left.Reward - right.Reward);
}

/// <summary>Counts and rewards of a log by action and by pair of context and action, which are numbered.</summary>
internal sealed class CellSums(CellIndex index)
{
    public CellSum[] Pairs { get; } = new CellSum[index.PairCount];

    public CellSum[] Actions { get; } = new CellSum[index.ActionCount];

    public CellSum Total { get; private set; }

    private double Squares { get; set; }

    /// <summary>The variance of one reward within a pair.</summary>
    public double WithinVariance
    {
        get
        {
            var explained = Pairs.Sum(pair => pair.Reward * pair.Rate);
            var degrees = Total.Count - Pairs.Count(pair => pair.Count > 0);
            return degrees > 0 ? Math.Max(0, Squares - explained) / degrees : 0;
        }
    }

    public int PairOf(int context, int action) => index.PairOf(context, action);

    public int ActionOf(int pair) => index.ActionOf(pair);

    public void Add(int pair, double reward)
    {
        Pairs[pair] = Pairs[pair].Add(reward);
        Actions[ActionOf(pair)] = Actions[ActionOf(pair)].Add(reward);
        Total = Total.Add(reward);
        Squares += reward * reward;
    }

    /// <summary>Returns sums of nothing, with the same numbers.</summary>
    public CellSums Empty() => new(index);

    /// <summary>Returns the sums without those of a part of the log.</summary>
    public CellSums Without(CellSums part)
    {
        var rest = new CellSums(index) { Total = Total - part.Total, Squares = Squares - part.Squares };
        for (var pair = 0; pair < Pairs.Length; pair++)
        {
            rest.Pairs[pair] = Pairs[pair] - part.Pairs[pair];
        }

        for (var action = 0; action < Actions.Length; action++)
        {
            rest.Actions[action] = Actions[action] - part.Actions[action];
        }

        return rest;
    }
}
