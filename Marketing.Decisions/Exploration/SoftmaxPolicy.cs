using System.Buffers;
using System.Numerics.Tensors;

namespace Marketing.Decisions.Exploration;

/// <summary>
/// Draws rankings from the Plackett–Luce model: campaigns are drawn one after the other without replacement, each with a probability
/// proportional to exp(score ÷ temperature).
/// </summary>
/// <remarks>
/// Adding Gumbel noise to score ÷ temperature and taking the largest sums draws exactly that: Yellott, Journal of Mathematical Psychology
/// 1977; Kool, van Hoof and Welling, "Stochastic Beams and Where to Find Them", ICML 2019.
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
        var keys = scores.Length <= MaxOnStack
            ? stackalloc double[MaxOnStack]
            : rented = ArrayPool<double>.Shared.Rent(scores.Length);
        keys = keys[..scores.Length];
        for (var campaign = 0; campaign < keys.Length; campaign++)
        {
            keys[campaign] = draws.Unit(campaign);
        }

        // The Gumbel noise is -log(-log(u)).
        TensorPrimitives.Log(keys, keys);
        TensorPrimitives.Negate(keys, keys);
        TensorPrimitives.Log(keys, keys);
        for (var campaign = 0; campaign < keys.Length; campaign++)
        {
            keys[campaign] = (scores[campaign] / Temperature) - keys[campaign];
        }

        var length = TopK.Of<double>(keys, ranking);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        return length;
    }

    public void FirstProbabilities(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        if (scores.IsEmpty)
        {
            return;
        }

        probabilities = probabilities[..scores.Length];
        var highest = TensorPrimitives.Max(scores);
        for (var campaign = 0; campaign < scores.Length; campaign++)
        {
            probabilities[campaign] = (scores[campaign] - (double)highest) / Temperature;
        }

        TensorPrimitives.Exp(probabilities, probabilities);
        TensorPrimitives.Divide(probabilities, TensorPrimitives.Sum<double>(probabilities), probabilities);
    }

    public double RankingProbability(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking)
    {
        double[]? rented = null;
        var weights = scores.Length <= MaxOnStack
            ? stackalloc double[MaxOnStack]
            : rented = ArrayPool<double>.Shared.Rent(scores.Length);
        weights = weights[..scores.Length];
        FirstProbabilities(scores, weights);
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

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
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
}
