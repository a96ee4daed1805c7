namespace Marketing.Recommendations.Learned;

/// <summary>Selects the best few of many campaigns.</summary>
internal static class TopCampaigns
{
    /// <summary>Writes the ordinals with the highest scores, best first, ties by ordinal; minus infinity is never selected.</summary>
    /// <returns>The number written: as many as fit or exist.</returns>
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
