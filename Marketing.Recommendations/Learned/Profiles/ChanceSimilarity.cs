using System.Numerics.Tensors;
using Marketing.Recommendations.Ranking;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// How similar two messages of this index are that have nothing to do with each other, learned from a random sample of them. Every embedder
/// has its own range of cosines, and every shop its own way to talk: only what beats chance here is evidence here.
/// </summary>
/// <remarks>
/// Some pairs of a sample are about the same, how many depends on the shop, and they are all in the upper half. So chance is measured by the
/// median and by how far the lower half spreads, and is taken to spread as far upward.
/// </remarks>
/// <param name="Hint">Below this similarity is no evidence, whatever words are shared.</param>
/// <param name="Evidence">A message this near is a neighbor: chance gets there about once in a hundred times.</param>
/// <param name="Proof">The nearest of many is this near by chance hardly ever: no word need be known.</param>
internal sealed record ChanceSimilarity(float Hint, float Evidence, float Proof)
{
    /// <summary>Fewer messages do not tell what chance is, and everything is believed.</summary>
    public const int FewestMessages = 30;

    /// <summary>More pairs than these do not move the median by a hundredth.</summary>
    public const int MostMessages = 256;

    private const float LowerDeviation = 0.159f;
    private const float OnceInFifteen = 1.5f;
    private const float OnceInAHundred = 2.33f;
    private const float OnceInThirtyThousand = 4f;

    /// <summary>Rounding keeps even the same text from quite reaching 1.</summary>
    private const float SameText = 0.95f;

    /// <returns>Null when there are too few to tell.</returns>
    public static ChanceSimilarity? Of(IReadOnlyList<ReadOnlyMemory<float>> messages)
    {
        if (messages.Count < FewestMessages)
        {
            return null;
        }

        var cosines = new List<float>(messages.Count * (messages.Count - 1) / 2);
        for (var i = 0; i < messages.Count; i++)
        {
            for (var other = 0; other < i; other++)
            {
                cosines.Add(TensorPrimitives.CosineSimilarity(messages[i].Span, messages[other].Span));
            }
        }

        cosines.Sort();
        var median = cosines[cosines.Count / 2];
        var deviation = median - cosines[(int)(LowerDeviation * cosines.Count)];
        return new ChanceSimilarity(Beyond(OnceInFifteen), Beyond(OnceInAHundred), Beyond(OnceInThirtyThousand));

        float Beyond(float deviations) => Math.Min(median + (deviations * deviation), SameText);
    }
}
