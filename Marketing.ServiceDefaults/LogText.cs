using System.Globalization;
using System.Text;

namespace Marketing.ServiceDefaults;

/// <summary>Makes untrusted text safe for a log: one line, without terminal control sequences.</summary>
internal static class LogText
{
    private const int MaxLength = 4_000;

    /// <summary>Escapes control characters, line breaks and bidirectional control characters as <c>\u001b</c>.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= MaxLength && !text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            _ = IsUnsafe(character)
                ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : safe.Append(character);
        }

        return text.Length > MaxLength ? safe.Append('…').ToString() : safe.ToString();
    }

    private static bool IsUnsafe(char character) => char.IsControl(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;
}
