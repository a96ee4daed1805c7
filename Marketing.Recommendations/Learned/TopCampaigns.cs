namespace Marketing.Recommendations.Learned;

/// <summary>The best few of many.</summary>
internal static class TopCampaigns
{
    /// <summary>Writes the ordinals of the highest scores, best first, ties by ordinal; minus infinity is never taken.</summary>
    /// <returns>How many were written: as many as fit, or as there are.</returns>
    public static int Select(ReadOnlySpan<float> scores, Span<int> best)
    {
        var count = 0;
        for (var ordinal = 0; ordinal < scores.Length; ordinal++)
        {
            var score = scores[ordinal];
            if (float.IsNegativeInfinity(score) || (count == best.Length && (count == 0 || score <= scores[best[count - 1]])))
            {
                continue;
            }

            var place = count < best.Length ? count++ : count - 1;
            while (place > 0 && score > scores[best[place - 1]])
            {
                best[place] = best[place - 1];
                place--;
            }

            best[place] = ordinal;
        }

        return count;
    }
}
