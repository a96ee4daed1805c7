using System.Text;

namespace Marketing.Domain.Text;

/// <summary>Joins decomposed Hangul jamo, as some systems store them, into syllables (Unicode 15, section 3.12).</summary>
internal static class HangulParts
{
    private const int Leading = 0x1100, Vowel = 0x1161, Trailing = 0x11A7, Syllable = 0xAC00;
    private const int Vowels = 21, Trailings = 28, LeadingCount = 19;

    /// <returns>Whether the letter was merged into the last character written.</returns>
    public static bool Join(StringBuilder written, int letter)
    {
        if (written.Length == 0)
        {
            return false;
        }

        int last = written[^1];
        var joined = letter switch
        {
            >= Vowel and < Vowel + Vowels when last is >= Leading and < Leading + LeadingCount =>
                Syllable + ((((last - Leading) * Vowels) + letter - Vowel) * Trailings),
            > Trailing and < Trailing + Trailings when last is >= Syllable and <= 0xD7A3 && (last - Syllable) % Trailings == 0 =>
                last + letter - Trailing,
            _ => 0,
        };
        if (joined == 0)
        {
            return false;
        }

        written[^1] = (char)joined;
        return true;
    }
}
