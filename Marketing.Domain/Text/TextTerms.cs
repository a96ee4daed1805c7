using System.Buffers;
using System.Text;

namespace Marketing.Domain.Text;

/// <summary>
/// The words of a text, and the pairs of words that follow each other, as numbers: enough to match what two texts say, without
/// keeping what was said. A word is an unbroken run of letters, digits and marks of the <see cref="PlainText"/>, in lower case and without
/// accents; where a script has no blanks, each two characters that follow each other are one. Its number is the 32-bit
/// FNV-1a hash of its UTF-16 code units (Fowler, Noll and Vo; offset basis 2166136261, prime 16777619), and a pair's the hash of
/// both words with a blank between them. Pairs tell a name from its parts: <i>grace period</i> is neither grace nor a period.
/// </summary>
/// <remarks>
/// The numbers are stored beside the message vectors: changing what this class makes of a text calls for another
/// <see cref="PlainText.Version"/>. A hash is not a secret: whoever holds a dictionary can try its words.
/// </remarks>
public static class TextTerms
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    private static readonly Rune Blank = new(' ');

    /// <summary>The distinct terms of a text, words and pairs, ascending; empty for a text without a word.</summary>
    public static uint[] Of(ReadOnlySpan<char> text)
    {
        text = PlainText.Of(text);

        // A word takes at least one character and a separator, and ends at most one pair; a character of an unspaced script ends one word.
        var buffer = ArrayPool<uint>.Shared.Rent(text.Length + 2);
        var count = 0;
        var word = OffsetBasis;
        uint? pair = null;
        var inWord = false;
        while (!text.IsEmpty)
        {
            _ = Rune.DecodeFromUtf16(text, out var rune, out var length);
            if (Scripts.IsPartOfWord(rune) && !Scripts.IsUnspaced(rune))
            {
                var folded = Folded(rune);
                word = Add(word, folded);
                pair = pair is { } begun ? Add(begun, folded) : null;
                inWord = true;
                text = text[length..];
                continue;
            }

            if (inWord)
            {
                count += Emit(word, pair, buffer.AsSpan(count));
                pair = Add(word, Blank);
                word = OffsetBasis;
                inWord = false;
            }

            if (Scripts.IsUnspaced(rune) && Scripts.IsPartOfWord(rune))
            {
                count += EmitUnspaced(ref text, buffer.AsSpan(count));
                pair = null;
                continue;
            }

            text = text[length..];
        }

        if (inWord)
        {
            count += Emit(word, pair, buffer.AsSpan(count));
        }

        var terms = SortedDistinct(buffer.AsSpan(0, count));
        ArrayPool<uint>.Shared.Return(buffer);
        return terms;
    }

    /// <summary>Takes a run without blanks off the text, two characters at a time, each the second of one word and the first of the next.</summary>
    private static int EmitUnspaced(ref ReadOnlySpan<char> text, Span<uint> destination)
    {
        var count = 0;
        Rune? before = null;
        while (Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done
            && Scripts.IsUnspaced(rune) && Scripts.IsPartOfWord(rune))
        {
            var folded = Folded(rune);
            if (before is { } first)
            {
                destination[count++] = Add(Add(OffsetBasis, first), folded);
            }

            before = folded;
            text = text[length..];
        }

        if (count == 0 && before is { } alone)
        {
            destination[count++] = Add(OffsetBasis, alone);
        }

        return count;
    }

    private static Rune Folded(Rune rune) =>
        rune.IsBmp ? new Rune(AccentFolding.Fold((char)rune.Value)) : Rune.ToLowerInvariant(rune);

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
