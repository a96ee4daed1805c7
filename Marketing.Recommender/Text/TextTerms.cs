using System.Buffers;
using System.Text;

namespace Marketing.Recommender.Text;

/// <summary>
/// The words of a text, and the pairs of words that follow each other, as numbers: enough to match what two texts say, without
/// keeping what was said. A word is an unbroken run of letters, digits and combining marks, in lower case; its number is the 32-bit
/// FNV-1a hash of its UTF-16 code units (Fowler, Noll and Vo; offset basis 2166136261, prime 16777619), and a pair's the hash of
/// both words with a blank between them. Pairs tell a name from its parts: <i>grace period</i> is neither grace nor a period.
/// </summary>
/// <remarks>
/// The numbers are stored beside the message vectors: changing what this class makes of a text calls for a rebuild of
/// the <c>vectors</c> projection. A hash is not a secret: whoever holds a dictionary can try its words.
/// </remarks>
public static class TextTerms
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    private static readonly Rune Blank = new(' ');

    /// <summary>The distinct terms of a text, words and pairs, ascending; empty for a text without a word.</summary>
    public static uint[] Of(ReadOnlySpan<char> text)
    {
        // A word takes at least one character and a separator, and ends at most one pair.
        var buffer = ArrayPool<uint>.Shared.Rent(text.Length + 2);
        var count = 0;
        var word = OffsetBasis;
        uint? pair = null;
        var inWord = false;
        while (!text.IsEmpty)
        {
            _ = Rune.DecodeFromUtf16(text, out var rune, out var length);
            text = text[length..];
            if (IsPartOfWord(rune))
            {
                var lower = Rune.ToLowerInvariant(rune);
                word = Add(word, lower);
                pair = pair is { } begun ? Add(begun, lower) : null;
                inWord = true;
            }
            else if (inWord)
            {
                count += Emit(word, pair, buffer.AsSpan(count));
                pair = Add(word, Blank);
                word = OffsetBasis;
                inWord = false;
            }
        }

        if (inWord)
        {
            count += Emit(word, pair, buffer.AsSpan(count));
        }

        var terms = SortedDistinct(buffer.AsSpan(0, count));
        ArrayPool<uint>.Shared.Return(buffer);
        return terms;
    }

    private static int Emit(uint word, uint? pair, Span<uint> destination)
    {
        destination[0] = word;
        if (pair is not { } hash)
        {
            return 1;
        }

        destination[1] = hash;
        return 2;
    }

    private static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static uint Add(uint hash, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        return hash;
    }

    private static uint[] SortedDistinct(Span<uint> terms)
    {
        terms.Sort();
        var kept = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            if (i == 0 || terms[i] != terms[i - 1])
            {
                terms[kept++] = terms[i];
            }
        }

        return terms[..kept].ToArray();
    }
}
