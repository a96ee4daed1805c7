using System.Buffers;
using System.Text;

namespace Marketing.Domain.Text;

/// <summary>
/// Turns a text into hashes of its words and pairs of adjacent words, so that texts can be matched without being stored. A word is
/// an unbroken run of letters, digits and marks of the <see cref="PlainText"/>, in lower case and without accents. In scripts
/// without spaces, every two adjacent characters are a word. A word's hash is the 32-bit FNV-1a hash of its UTF-16 code units
/// (Fowler, Noll and Vo; offset basis 2166136261, prime 16777619); a pair's is the hash of both words joined by a space.
/// Pairs tell a name from its parts: <i>grace period</i> is neither grace nor a period.
/// </summary>
/// <remarks>
/// The hashes are stored with the message vectors, so any change to the output needs a new <see cref="PlainText.Version"/>.
/// A hash is not a secret: anyone with a dictionary can try its words.
/// </remarks>
public static class TextTerms
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    private static readonly Rune Blank = new(' ');

    /// <summary>Returns the distinct terms, words and pairs, in ascending order; empty if the text has no word.</summary>
    public static uint[] Of(ReadOnlySpan<char> text)
    {
        text = PlainText.Of(text);

        // The buffer is large enough: a word takes at least one character and a separator and ends at most one pair, and a character
        // of an unspaced script ends at most one word.
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

    /// <summary>Consumes a run of an unspaced script, emitting each pair of adjacent characters as a word.</summary>
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
