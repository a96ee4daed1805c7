namespace Marketing.Decisions.Exploration;

/// <summary>Ranks eligible campaigns by their scores, sometimes otherwise, with probabilities that are known exactly.</summary>
/// <remarks>Campaigns are ordinals into the scores. Scores are finite. The methods allocate nothing for up to 1,024 campaigns.</remarks>
public interface IExplorationPolicy
{
    /// <summary>Draws a ranking.</summary>
    /// <param name="scores">The score of each eligible campaign; the order is part of what a replay needs.</param>
    /// <param name="draws">The random numbers of the decision.</param>
    /// <param name="ranking">Receives the campaigns, best first.</param>
    /// <returns>The length of the ranking: that of <paramref name="ranking"/>, or the number of campaigns if there are fewer.</returns>
    int Rank(ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking);

    /// <summary>The probability of each campaign to stand first.</summary>
    /// <param name="scores">As in <see cref="Rank"/>.</param>
    /// <param name="probabilities">Receives one probability per campaign; they sum to 1.</param>
    void FirstProbabilities(ReadOnlySpan<float> scores, Span<double> probabilities);

    /// <summary>The probability that <see cref="Rank"/> returns exactly this ranking.</summary>
    /// <param name="scores">As in <see cref="Rank"/>.</param>
    /// <param name="ranking">Campaigns without repetition, best first.</param>
    double RankingProbability(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking);

    /// <summary>Draws a ranking and tells its probabilities: all that a decision records.</summary>
    /// <param name="scores">As in <see cref="Rank"/>.</param>
    /// <param name="draws">As in <see cref="Rank"/>.</param>
    /// <param name="ranking">As in <see cref="Rank"/>.</param>
    /// <param name="first">As in <see cref="FirstProbabilities"/>.</param>
    /// <param name="probability">The probability of exactly this ranking.</param>
    /// <returns>As <see cref="Rank"/>.</returns>
    int RankWithProbabilities(
        ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking, Span<double> first, out double probability)
    {
        var length = Rank(scores, draws, ranking);
        FirstProbabilities(scores, first);
        probability = RankingProbability(scores, ranking[..length]);
        return length;
    }
}
