using System.Buffers;
using System.Globalization;
using System.Text;
using Marketing.Domain.Text;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Divides a text into what the model's vocabulary covers and what it only spells. It has words in Latin letters; of every other alphabet it
/// has single letters, and any two sentences are made of the same letters. Such words are compared as they are written, see
/// <see cref="SpelledWord"/>. Pictures and long numbers, such as those of an order, stand for nothing and are left out.
/// </summary>
internal static class VocabularyText
{
    /// <summary>Years, postal codes and most amounts have fewer digits; numbers of accounts, orders and telephones have as many or more.</summary>
    private const int LongNumber = 6;

    private const int LastLatin = 0x36F;

    /// <summary>Whether there is nothing else in the text.</summary>
    public static bool Covers(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange('\0', (char)LastLatin) && !HasLongNumber(text) && !text.ContainsAny('©', '®');

    /// <summary>Appends what the vocabulary covers, and adds the vectors of the other words to a sum.</summary>
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

    /// <summary>Pictures, which would make an unknown word of the one they are glued to, and the signs that another script ends sentences with.</summary>
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
