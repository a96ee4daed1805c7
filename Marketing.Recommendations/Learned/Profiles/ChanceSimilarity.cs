using System.Numerics.Tensors;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// How similar two unrelated messages in this index are, learned from a random sample. Cosine ranges differ by embedder and by
/// shop, so only similarity above chance counts as evidence.
/// </summary>
/// <remarks>
/// Some pairs in the sample are about the same topic; how many depends on the shop, but they are all in the upper half. Chance is
/// therefore estimated from the median and the spread of the lower half, and assumed to spread as far upward.
/// </remarks>
/// <param name="Hint">Below this similarity nothing is evidence, even if words match.</param>
/// <param name="Evidence">At this similarity a message counts as a neighbor; chance reaches it about once in a hundred pairs.</param>
/// <param name="Proof">At this similarity the nearest message is evidence even if no word is known; chance almost never reaches it.</param>
internal sealed record ChanceSimilarity(float Hint, float Evidence, float Proof)
{
    /// <summary>Minimum number of messages to estimate chance; with fewer, every similarity is accepted.</summary>
    public const int FewestMessages = 30;

    /// <summary>Sample size; pairs of more messages do not move the median by a hundredth.</summary>
    public const int MostMessages = 256;

    private const float LowerDeviation = 0.159f;
    private const float OnceInFifteen = 1.5f;
    private const float OnceInAHundred = 2.33f;
    private const float OnceInThirtyThousand = 4f;

    /// <summary>Upper bound of the thresholds, because rounding keeps even identical texts slightly below 1.</summary>
    private const float SameText = 0.95f;

    /// <returns>Null if there are too few messages.</returns>
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
