namespace Marketing.Api.Problems;

/// <summary>Suggests the name that a misspelled one probably means.</summary>
internal static class NearestName
{
    /// <summary>The name with the smallest edit distance; the first one on a tie.</summary>
    public static string Find(string written, IEnumerable<string> names) =>
        names.MinBy(name => Edits(written.ToUpperInvariant(), name.ToUpperInvariant()))!;

    /// <summary>The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbors.</summary>
    internal static int Edits(ReadOnlySpan<char> from, ReadOnlySpan<char> to)
    {
        var table = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var substitution = table[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(substitution, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[from.Length, to.Length];
    }
}
