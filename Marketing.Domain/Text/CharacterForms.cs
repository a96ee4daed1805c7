using System.Globalization;
using System.Text;

namespace Marketing.Domain.Text;

/// <summary>
/// Maps equivalent characters to one form (full and half width, styled and circled letters, presentation forms, digits of any
/// script, quotes) and drops invisible characters and optional marks. A small subset of NFKC: in invariant globalization mode,
/// <see cref="string.Normalize()"/> changes nothing outside ASCII.
/// </summary>
internal static class CharacterForms
{
    /// <summary>Full-width forms of U+FF61 to U+FF9D.</summary>
    private const string HalfWidth =
        "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    /// <summary>The letters of U+FE80 to U+FEF4, each followed by its number of presentation forms.</summary>
    private const string ArabicForms = "ء1آ2أ2ؤ2إ2ئ4ا2ب4ة2ت4ث4ج4ح4خ4د2ذ2ر2ز2س4ش4ص4ض4ط4ظ4ع4غ4ف4ق4ك4ل4م4ن4ه4و2ى2ي4";

    private static readonly string Arabic = string.Concat(ArabicForms.Chunk(2).Select(form => new string(form[0], form[1] - '0')));

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    /// <summary>Letters missing from the mathematical blocks because Unicode already had them elsewhere.</summary>
    private static readonly Dictionary<int, char> LetterLike = new()
    {
        [0x2102] = 'C',
        [0x210A] = 'g',
        [0x210B] = 'H',
        [0x210C] = 'H',
        [0x210D] = 'H',
        [0x210E] = 'h',
        [0x2110] = 'I',
        [0x2111] = 'I',
        [0x2112] = 'L',
        [0x2113] = 'l',
        [0x2115] = 'N',
        [0x2119] = 'P',
        [0x211A] = 'Q',
        [0x211B] = 'R',
        [0x211C] = 'R',
        [0x211D] = 'R',
        [0x2124] = 'Z',
        [0x2128] = 'Z',
        [0x212C] = 'B',
        [0x212D] = 'C',
        [0x212F] = 'e',
        [0x2130] = 'E',
        [0x2131] = 'F',
        [0x2133] = 'M',
        [0x2134] = 'o',
    };

    public static string Unify(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var unified = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= ' ' and <= '~' or '\n')
            {
                unified.Append((char)rune.Value);
            }
            else
            {
                Append(unified, rune);
            }
        }

        return unified.ToString();
    }

    private static void Append(StringBuilder unified, Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (category == UnicodeCategory.DecimalDigitNumber)
        {
            unified.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
        }
        else if (IsSpace(rune.Value, category))
        {
            unified.Append(rune.Value is 0x85 or 0x2028 or 0x2029 ? '\n' : ' ');
        }
        else if (IsDropped(rune.Value, category) || HangulParts.Join(unified, rune.Value))
        {
            // Dropped, or joined to the previous syllable.
        }
        else if (rune.Value is >= 0xFB00 and <= 0xFB06)
        {
            unified.Append(Ligatures[rune.Value - 0xFB00]);
        }
        else if (rune.Value is >= 0xFEF5 and <= 0xFEFC)
        {
            unified.Append("لا");
        }
        else if (rune.Value is >= 0x2460 and <= 0x2473)
        {
            unified.Append(rune.Value - 0x245F);
        }
        else if (Simple(rune.Value) is var simple and not '\0')
        {
            unified.Append(simple);
        }
        else
        {
            Span<char> units = stackalloc char[2];
            unified.Append(units[..rune.EncodeToUtf16(units)]);
        }
    }

    private static bool IsSpace(int value, UnicodeCategory category) =>
        category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control
        || value is 0x3164 or 0xFFA0 or 0x2800 or 0xFFFD;

    /// <summary>Invisible characters, and marks that writers may omit: combining accents, Arabic and Hebrew vowel signs.</summary>
    private static bool IsDropped(int value, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Format => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => value is
            (>= 0x300 and <= 0x36F) or (>= 0x591 and <= 0x5C7) or (>= 0x610 and <= 0x670) or (>= 0x1AB0 and <= 0x1AFF)
            or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or 0x3099 or 0x309A or (>= 0xFE00 and <= 0xFE2F) or >= 0xE0100,
        _ => value is 0x640 or 0xFF9E or 0xFF9F,
    };

    private static char Simple(int value) => value switch
    {
        0x2018 or 0x2019 or 0x201B or 0x2BC or 0x2032 or 0xB4 => '\'',
        0x201C or 0x201D or 0x201E or 0x201F => '"',
        >= 0xFF01 and <= 0xFF5E => (char)(value - 0xFEE0),
        >= 0xFF61 and <= 0xFF9D => HalfWidth[value - 0xFF61],
        0xFFE0 => '¢',
        0xFFE1 => '£',
        0xFFE5 => '¥',
        0xFFE6 => '₩',
        >= 0xFE80 and <= 0xFEF4 => Arabic[value - 0xFE80],
        >= 0x24B6 and <= 0x24CF => (char)('A' + value - 0x24B6),
        >= 0x24D0 and <= 0x24E9 => (char)('a' + value - 0x24D0),
        >= 0x1F130 and <= 0x1F149 => (char)('A' + value - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => (char)('A' + value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('A' + value - 0x1F170),
        >= 0x1D400 and <= 0x1D6A3 => Letter((value - 0x1D400) % 52),
        >= 0x2102 and <= 0x2134 => LetterLike.GetValueOrDefault(value),
        _ => '\0',
    };

    private static char Letter(int position) => (char)(position < 26 ? 'A' + position : 'a' + position - 26);
}
