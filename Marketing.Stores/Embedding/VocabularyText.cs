using System.Buffers;
using System.Globalization;
using System.Text;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Splits a text into the part that the model's vocabulary covers and other words. The vocabulary has words in Latin letters but only
/// single letters of other alphabets, and any two sentences share those. Such words are compared by spelling, see
/// <see cref="SpelledWord"/>. Pictographs and long numbers, such as order numbers, carry no meaning and are removed.
/// </summary>
internal static class VocabularyText
{
    /// <summary>Digits of a long number: account, order and phone numbers have as many; years and most amounts have fewer.</summary>
    private const int LongNumber = 6;

    private const int LastLatin = 0x36F;

    /// <summary>Whether the vocabulary covers the whole text.</summary>
    public static bool Covers(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('\0', (char)LastLatin) && !HasLongNumber(text) && !text.ContainsAny('©', '®');

    /// <summary>Appends the part that the vocabulary covers, and adds the vectors of the other words to a sum.</summary>
    public static void Split(ReadOnlySpan<char> text, StringBuilder covered, Span<float> sum)
    {
        int[] buffer = ArrayPool<int>.Shared.Rent(text.Length);
        int letters = 0, digits = 0;
        while (!text.IsEmpty)
        {
            _ = Rune.DecodeFromUtf16(text, out var rune, out int consumed);
            bool spelled = Scripts.IsBeyondLatin(rune);
            if (letters > 0 && (!spelled || Scripts.IsUnspaced(rune) != Scripts.IsUnspaced(new Rune(buffer[0]))))
            {
                SpelledWord.Add(buffer.AsSpan(0, letters), sum);
                letters = 0;
            }

            digits = text[0] is >= '0' and <= '9' ? digits + 1 : 0;
            if (spelled)
            {
                buffer[letters++] = rune.IsBmp ? AccentFolding.Fold((char)rune.Value) : rune.Value;
                covered.Append(' ');
            }
            else if (MeansNothing(rune))
            {
                covered.Append(' ');
            }
            else
            {
                covered.Append(text[..consumed]);
                LeaveOutNumber(covered, digits);
            }

            text = text[consumed..];
        }

        if (letters > 0)
        {
            SpelledWord.Add(buffer.AsSpan(0, letters), sum);
        }

        ArrayPool<int>.Shared.Return(buffer);
    }

    private static void LeaveOutNumber(StringBuilder covered, int digits)
    {
        if (digits == LongNumber)
        {
            covered.Length -= digits;
            covered.Append(' ');
        }
        else if (digits > LongNumber)
        {
            covered.Length--;
        }
    }

    /// <summary>Whether to drop a pictograph, which would make the word it touches unknown, or another script's punctuation.</summary>
    private static bool MeansNothing(Rune rune) => !rune.IsAscii && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol => true,
        UnicodeCategory.OtherPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation =>
            rune.Value is >= 0x370 and not (>= 0x2010 and <= 0x206F),
        _ => false,
    };

    private static bool HasLongNumber(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAnyInRange('0', '9');
        for (int digits = 0, i = Math.Max(0, first); first >= 0 && i < text.Length; i++)
        {
            digits = text[i] is >= '0' and <= '9' ? digits + 1 : 0;
            if (digits == LongNumber)
            {
                return true;
            }
        }

        return false;
    }
}
