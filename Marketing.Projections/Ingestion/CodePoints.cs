namespace Marketing.Projections.Ingestion;

/// <summary>Lengths in Unicode code points: what JSON Schema counts, and the same in every programming language.</summary>
internal static class CodePoints
{
    /// <summary>How many code points a text has; half a surrogate pair counts as one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                count--;
                i++;
            }
        }

        return count;
    }

    /// <summary>Whether a text has more than <paramref name="max"/> code points. Counts only when the answer is not obvious.</summary>
    public static bool Exceeds(ReadOnlySpan<char> text, int max) => text.Length > max && Count(text) > max;
}
