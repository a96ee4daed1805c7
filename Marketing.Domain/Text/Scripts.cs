using System.Globalization;
using System.Text;

namespace Marketing.Domain.Text;

/// <summary>Character classes needed to split text of any script into words.</summary>
public static class Scripts
{
    /// <summary>A letter, a digit, or a mark that belongs to a letter.</summary>
    public static bool IsPartOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts written without spaces between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer, Tibetan.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF)
        || IsIdeograph(rune);

    /// <summary>A character that is a word, or part of one, by itself.</summary>
    public static bool IsIdeograph(Rune rune) => rune.Value is
        (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>A letter or mark outside the Latin alphabet.</summary>
    public static bool IsBeyondLatin(Rune rune) =>
        rune.Value >= 0x370 && rune.Value is not (>= 0x1D00 and <= 0x1EFF) && IsPartOfWord(rune);
}
