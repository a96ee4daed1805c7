using System.Buffers;
using System.Numerics.Tensors;

namespace Marketing.Decisions.Exploration;

/// <summary>
/// Draws rankings from the Plackett–Luce model: campaigns are drawn one after the other without replacement, each with a probability
/// proportional to exp(score ÷ temperature).
/// </summary>
/// <remarks>
/// Gumbel top-k: adding Gumbel noise to score ÷ temperature and taking the largest sums draws exactly that. See Yellott, Journal of
/// Mathematical Psychology 1977; Kool, van Hoof and Welling, "Stochastic Beams and Where to Find Them", ICML 2019.
/// </remarks>
public sealed class SoftmaxPolicy : IExplorationPolicy
{
    private const int MaxOnStack = 1024;

    // Well above where a double loses digits.
    private const double SmallestRest = 1e-200;

    /// <param name="temperature">Above 0, in the unit of the scores. Near 0 the policy is greedy, far above the spread of the scores uniform.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public SoftmaxPolicy(double temperature)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be above 0.");
        }

        Temperature = temperature;
    }

    public double Temperature { get; }

    public int Rank(ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking)
    {
        double[]? rented = null;
        var weights = scores.Length <= MaxOnStack
            ? stackalloc double[MaxOnStack]
            : rented = ArrayPool<double>.Shared.Rent(scores.Length);
        weights = weights[..scores.Length];
        Weigh(scores, weights);
        var length = Rank(scores, weights, draws, ranking);
        Return(rented);
        return length;
    }

    public void FirstProbabilities(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        probabilities = probabilities[..scores.Length];
        Weigh(scores, probabilities);
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<double>(probabilities), probabilities);
    }

    public double RankingProbability(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking)
    {
        double[]? rented = null;
        var weights = scores.Length <= MaxOnStack
            ? stackalloc double[MaxOnStack]
            : rented = ArrayPool<double>.Shared.Rent(scores.Length);
        weights = weights[..scores.Length];
        Weigh(scores, weights);
        var probability = RankingProbability(scores, weights, ranking);
        Return(rented);
        return probability;
    }

    /// <inheritdoc/>
    /// <remarks>The weights are computed once for all three results.</remarks>
    public int RankWithProbabilities(
        ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking, Span<double> first, out double probability)
    {
        first = first[..scores.Length];
        Weigh(scores, first);
        var length = Rank(scores, first, draws, ranking);
        var total = TensorPrimitives.Sum<double>(first);
        probability = RankingProbability(scores, first, ranking[..length]);

        // Taking the ranking out left zeros.
        var highest = Highest(scores);
        foreach (var campaign in ranking[..length])
        {
            first[campaign] = Math.Exp((scores[campaign] - highest) / Temperature);
        }

        TensorPrimitives.Divide(first, total, first);
        return length;
    }

    private static double Highest(ReadOnlySpan<float> scores) => scores.IsEmpty ? 0 : TensorPrimitives.Max(scores);

    /// <summary>Weights proportional to the probability of standing first; the largest is 1.</summary>
    private void Weigh(ReadOnlySpan<float> scores, Span<double> weights)
    {
        TensorPrimitives.ConvertTruncating(scores, weights);
        TensorPrimitives.Subtract(weights, Highest(scores), weights);
        TensorPrimitives.Divide(weights, Temperature, weights);
        TensorPrimitives.Exp(weights, weights);
    }

    /// <summary>
    /// The race of exponential clocks, which is the Gumbel trick without its logarithms: the campaign with the smallest -log(u) ÷ weight comes
    /// first. Since -log(u) is at least 1 - u, almost all campaigns are seen to be too late without taking a logarithm.
    /// </summary>
    private int Rank(ReadOnlySpan<float> scores, ReadOnlySpan<double> weights, DecisionDraws draws, Span<int> ranking)
    {
        Span<double> arrivals = ranking.Length <= MaxOnStack ? stackalloc double[ranking.Length] : new double[ranking.Length];
        var filled = 0;
        var latest = double.PositiveInfinity;
        for (var campaign = 0; campaign < weights.Length; campaign++)
        {
            var draw = draws.Unit(campaign);
            if (1 - draw >= latest * weights[campaign] || weights[campaign] == 0)
            {
                continue;
            }

            var arrival = -Math.Log(draw) / weights[campaign];
            if (arrival >= latest || ranking.IsEmpty)
            {
                continue;
            }

            var place = filled < ranking.Length ? filled++ : filled - 1;
            for (; place > 0 && arrival < arrivals[place - 1]; place--)
            {
                arrivals[place] = arrivals[place - 1];
                ranking[place] = ranking[place - 1];
            }

            (arrivals[place], ranking[place]) = (arrival, campaign);
            latest = filled == ranking.Length ? arrivals[^1] : latest;
        }

        return filled == Math.Min(weights.Length, ranking.Length) ? filled : RankByLogarithms(scores, draws, ranking);
    }

    /// <summary>The same order on a logarithmic scale, where the scores are so far apart that weights vanished.</summary>
    private int RankByLogarithms(ReadOnlySpan<float> scores, DecisionDraws draws, Span<int> ranking)
    {
        var keys = new double[scores.Length];
        for (var campaign = 0; campaign < keys.Length; campaign++)
        {
            keys[campaign] = (scores[campaign] / Temperature) - Math.Log(-Math.Log(draws.Unit(campaign)));
        }

        return TopK.Of<double>(keys, ranking);
    }

    private double RankingProbability(ReadOnlySpan<float> scores, Span<double> weights, ReadOnlySpan<int> ranking)
    {
        double probability = 1;
        for (var place = 0; place < ranking.Length; place++)
        {
            // Summed anew each time: subtracting what is taken would lose the digits of a small rest.
            var rest = TensorPrimitives.Sum<double>(weights);
            if (rest < SmallestRest)
            {
                Rescale(scores, ranking[..place], weights);
                rest = TensorPrimitives.Sum<double>(weights);
            }

            probability *= weights[ranking[place]] / rest;
            weights[ranking[place]] = 0;
        }

        return probability;
    }

    /// <summary>Makes the largest weight of those that are left 1, where the scores are so far apart that all of them vanished.</summary>
    private void Rescale(ReadOnlySpan<float> scores, ReadOnlySpan<int> taken, Span<double> weights)
    {
        var highest = float.NegativeInfinity;
        for (var campaign = 0; campaign < scores.Length; campaign++)
        {
            highest = taken.Contains(campaign) ? highest : Math.Max(highest, scores[campaign]);
        }

        for (var campaign = 0; campaign < scores.Length; campaign++)
        {
            weights[campaign] = taken.Contains(campaign) ? 0 : Math.Exp((scores[campaign] - (double)highest) / Temperature);
        }
    }

    private static void Return(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
