using System.Text;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Computes a vector for a word outside the vocabulary: a sum of pseudo-random vectors for the word and each of its short character
/// n-grams (feature hashing, Weinberger et al. 2009). Two words are similar when their spelling is; meaning is not considered.
/// </summary>
internal static class SpelledWord
{
    private const char Edge = '\u0002';

    // Together the word and its n-grams are about as long as the vector of a vocabulary word.
    private const float OfWord = 0.7f;
    private const float OfPart = 0.45f;

    /// <summary>The number of letters from which a word has full weight: in every language the least informative words are short.</summary>
    private const float FullWord = 5;

    /// <summary>The number of components that share the weight of a word or n-gram: as many as two 64-bit hashes can pick.</summary>
    private const int Components = 14;

    /// <param name="letters">The folded code points of one word, or of a run in a script without spaces.</param>
    /// <param name="sum">The vector to add to.</param>
    public static void Add(ReadOnlySpan<int> letters, Span<float> sum)
    {
        if (Scripts.IsUnspaced(new Rune(letters[0])))
        {
            AddParts(letters, 2, 2 * OfPart, sum);
            AddParts(letters, 3, OfPart, sum);
            AddIdeographs(letters, sum);
            return;
        }

        Span<int> word = letters.Length <= 62 ? stackalloc int[letters.Length + 2] : new int[letters.Length + 2];
        word[0] = word[^1] = Edge;
        letters.CopyTo(word[1..]);

        // A Hangul syllable is two or three letters.
        bool syllables = letters[0] is >= 0xAC00 and <= 0xD7A3;
        float weight = Math.Min(1, letters.Length / (syllables ? FullWord / 2.5f : FullWord));
        int part = syllables ? 2 : 3;
        AddParts(word, word.Length, OfWord * weight, sum);
        AddParts(word, part, OfPart * weight, sum);
        AddParts(word, part + 1, OfPart * weight, sum);
    }

    private static void AddParts(ReadOnlySpan<int> letters, int length, float weight, Span<float> sum)
    {
        for (int start = 0; start + length <= letters.Length; start++)
        {
            AddPart(letters.Slice(start, length), weight, sum);
        }
    }

    private static void AddIdeographs(ReadOnlySpan<int> letters, Span<float> sum)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            if (letters.Length == 1 || Scripts.IsIdeograph(new Rune(letters[i])))
            {
                AddPart(letters.Slice(i, 1), OfPart, sum);
            }
        }
    }

    private static void AddPart(ReadOnlySpan<int> letters, float weight, Span<float> sum)
    {
        ulong state = 0xCBF29CE484222325;
        foreach (int letter in letters)
        {
            state = (state ^ (uint)letter) * 0x100000001B3;
        }

        float step = weight / MathF.Sqrt(Components);
        for (int i = 0; i < Components; i++)
        {
            if (i % (Components / 2) == 0)
            {
                state = Mix(state + 0x9E3779B97F4A7C15);
            }

            // Nine bits each: a sign and an index among 256.
            int bits = (int)(state >> (9 * (i % (Components / 2)))) & 0x1FF;
            sum[(bits >> 1) % sum.Length] += (bits & 1) == 0 ? step : -step;
        }
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
