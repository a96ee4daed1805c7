namespace Marketing.Decisions.Exploration;

/// <summary>Takes the highest scores: no exploration, every probability 0 or 1.</summary>
public sealed class GreedyPolicy : IExplorationPolicy
{
    public int Rank(ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking) => TopK.Of(scores, ranking);

    public void FirstProbabilities(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        probabilities[..scores.Length].Clear();
        Span<int> first = stackalloc int[1];
        if (TopK.Of(scores, first) > 0)
        {
            probabilities[first[0]] = 1;
        }
    }

    public double RankingProbability(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking) => Takes(scores, ranking) ? 1 : 0;

    /// <summary>Whether a ranking is the one of the highest scores.</summary>
    internal static bool Takes(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking)
    {
        Span<int> best = ranking.Length <= 256 ? stackalloc int[ranking.Length] : new int[ranking.Length];
        return TopK.Of(scores, best) == ranking.Length && best.SequenceEqual(ranking);
    }
}
