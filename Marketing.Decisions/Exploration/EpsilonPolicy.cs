namespace Marketing.Decisions.Exploration;

/// <summary>
/// Takes the highest scores, but with probability ε a ranking drawn uniformly from all eligible campaigns.
/// </summary>
/// <remarks>Sutton and Barto, "Reinforcement Learning", 2nd edition, section 2.2, for rankings instead of single actions.</remarks>
public sealed class EpsilonPolicy : IExplorationPolicy
{
    /// <param name="epsilon">The share of the decisions that explore, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of bounds.</exception>
    public EpsilonPolicy(double epsilon)
    {
        if (!(epsilon >= 0 && epsilon <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "The share of exploration must be between 0 and 1.");
        }

        Epsilon = epsilon;
    }

    public double Epsilon { get; }

    public int Rank(ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking) =>
        draws.Unit(0) < Epsilon ? RankUniformly(scores.Length, draws, ranking) : TopK.Of(scores, ranking);

    public void FirstProbabilities(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        probabilities[..scores.Length].Fill(Epsilon / scores.Length);
        Span<int> first = stackalloc int[1];
        if (TopK.Of(scores, first) > 0)
        {
            probabilities[first[0]] += 1 - Epsilon;
        }
    }

    public double RankingProbability(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking)
    {
        var explored = Epsilon;
        for (var place = 0; place < ranking.Length; place++)
        {
            explored /= scores.Length - place;
        }

        return explored + (GreedyPolicy.Takes(scores, ranking) ? 1 - Epsilon : 0);
    }

    /// <summary>The probability that a campaign is anywhere in a ranking of this length.</summary>
    /// <param name="scores">As in <see cref="Rank"/>.</param>
    /// <param name="campaign">The ordinal of the campaign.</param>
    /// <param name="length">The length of the ranking.</param>
    public double InclusionProbability(ReadOnlySpan<float> scores, int campaign, int length)
    {
        var ahead = 0;
        for (var other = 0; other < scores.Length; other++)
        {
            ahead += scores[other] > scores[campaign] || (scores[other] == scores[campaign] && other < campaign) ? 1 : 0;
        }

        return (Epsilon * Math.Min(1, (double)length / scores.Length)) + (ahead < length ? 1 - Epsilon : 0);
    }

    /// <summary>Draws without replacement: the n-th draw counts only the campaigns that are left.</summary>
    private static int RankUniformly(int campaigns, DecisionDraws draws, Span<int> ranking)
    {
        var length = Math.Min(campaigns, ranking.Length);
        Span<int> taken = length <= 256 ? stackalloc int[length] : new int[length];
        for (var place = 0; place < length; place++)
        {
            // Skip those taken before, in ascending order, to turn the place among the rest into an ordinal.
            var ordinal = draws.Below(place + 1, campaigns - place);
            var sorted = 0;
            for (; sorted < place && taken[sorted] <= ordinal; sorted++)
            {
                ordinal++;
            }

            taken[sorted..place].CopyTo(taken[(sorted + 1)..]);
            taken[sorted] = ordinal;
            ranking[place] = ordinal;
        }

        return length;
    }
}
