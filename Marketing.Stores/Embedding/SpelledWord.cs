using System.Text;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// The vector of a word that the vocabulary does not have: a sum of pseudo-random vectors, one for the word and one for each of its parts of a
/// few letters (feature hashing, Weinberger et al. 2009). Two words are alike as far as they are written alike; what they
/// mean it does not know.
/// </summary>
internal static class SpelledWord
{
    private const char Edge = '\u0002';

    // The word and its parts together are about as long as the vector of a word of the vocabulary.
    private const float OfWord = 0.7f;
    private const float OfPart = 0.45f;

    /// <summary>Letters of a word that counts in full: in every language the words that tell least are short.</summary>
    private const float FullWord = 5;

    /// <summary>Components that a part changes by its weight, spread over fourteen: as many as two 64-bit numbers pick.</summary>
    private const int Components = 14;

    /// <param name="letters">Code points of one word, or of a run in a script without blanks; folded.</param>
    /// <param name="sum">Where its vector is added.</param>
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

        // A syllable of Hangul is two or three letters.
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

            // Nine bits each: a sign, and a place among 256.
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
