using System.Buffers;
using System.Text.RegularExpressions;
using Marketing.Domain.Ports;

namespace Marketing.Domain.Text;

/// <summary>
/// What somebody said, without what the channel added: the text that is embedded, and whose terms are taken. A chat widget's tags, a
/// phone's curly quotes and an input method's full-width letters must not tell two equal sentences apart.
/// </summary>
/// <remarks>
/// Vectors and terms are stored. Whoever changes what this class makes of a text changes <see cref="Version"/>, so that
/// indexes made by the old rules are recognized and filled again.
/// </remarks>
public static partial class PlainText
{
    /// <summary>Names these rules; part of <see cref="Ports.VectorSpace"/>.</summary>
    public const string Version = "text2";

    private static readonly SearchValues<char> Markup = SearchValues.Create("<&[@`*_~#>\\/");

    // Printable ASCII without anything that may be markup, and without an end of line.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?'\"()+-=$%^{}|");

    /// <summary>The text itself where there is nothing to take away, which is nearly always.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text : Clean(text);
    }

    /// <summary>The same for a part of a text.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text) => IsPlain(text) ? text : Clean(text.ToString());

    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Plain)
        && !text.Contains("  ", StringComparison.Ordinal)
        && (text.IsEmpty || (text[0] != ' ' && text[^1] != ' '))
        && !text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    private static string Clean(string text)
    {
        // Full-width brackets and invisible characters first: they may be part of what is markup.
        var plain = CharacterForms.Unify(text);
        if (plain.AsSpan().ContainsAny(Markup) || plain.Contains("www.", StringComparison.OrdinalIgnoreCase))
        {
            // An entity may stand for any character.
            plain = CharacterForms.Unify(MarkupText.Strip(plain));
        }

        return Spaces().Replace(plain, " ").Trim();
    }

    [GeneratedRegex(@"\s{2,}|\n")]
    private static partial Regex Spaces();
}
