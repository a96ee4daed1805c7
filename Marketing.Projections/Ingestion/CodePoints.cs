namespace Marketing.Projections.Ingestion;

/// <summary>Lengths in Unicode code points, as JSON Schema counts them and every language agrees on.</summary>
internal static class CodePoints
{
    /// <summary>Counts code points; an unpaired surrogate counts as one.</summary>
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

    /// <summary>Whether a text has more than <paramref name="max"/> code points; counts only if necessary.</summary>
    public static bool Exceeds(ReadOnlySpan<char> text, int max) => text.Length > max && Count(text) > max;
}
