using System.Globalization;
using System.Text;

namespace Marketing.Stores.Embedding;

/// <summary>Classifies characters other than ASCII letters and digits as BERT's basic tokenizer does.</summary>
internal static class CharacterClass
{
    public static bool IsSpace(Rune rune) =>
        rune.Value is ' ' or '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator;

    /// <summary>Whether the tokenizer drops the character: control characters, and combining marks of decomposed text.</summary>
    public static bool IsDropped(Rune rune) =>
        rune.Value == Rune.ReplacementChar.Value
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark;

    public static bool IsWordByItself(Rune rune) =>
        (rune.IsAscii && !Rune.IsLetterOrDigit(rune)) || Rune.IsPunctuation(rune) || IsIdeograph(rune.Value);

    /// <summary>The CJK unified ideographs, with the ranges from BERT's own code.</summary>
    private static bool IsIdeograph(int value) => value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
