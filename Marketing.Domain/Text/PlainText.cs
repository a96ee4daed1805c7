using System.Buffers;
using System.Text.RegularExpressions;

namespace Marketing.Domain.Text;

/// <summary>
/// Reduces a message to what the person said; embeddings and terms are made from the result. HTML tags from a chat widget, curly
/// quotes from a phone or full-width letters from an input method must not make two equal sentences differ.
/// </summary>
/// <remarks>
/// Vectors and terms are stored. Change <see cref="Version"/> whenever the output for any text changes, so that indexes built
/// with the old rules are detected and rebuilt.
/// </remarks>
public static partial class PlainText
{
    /// <summary>The version of these rules; part of <see cref="Ports.VectorSpace"/>.</summary>
    public const string Version = "text2";

    private static readonly SearchValues<char> Markup = SearchValues.Create("<&[@`*_~#>\\/");

    // Printable ASCII except possible markup and line breaks.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?'\"()+-=$%^{}|");

    /// <summary>Returns the normalized text, which is almost always the same instance.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text : Clean(text);
    }

    /// <summary>Returns the normalized text of a span.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> text) => IsPlain(text) ? text : Clean(text.ToString());

    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(Plain)
        && !text.Contains("  ", StringComparison.Ordinal)
        && (text.IsEmpty || (text[0] != ' ' && text[^1] != ' '))
        && !text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    private static string Clean(string text)
    {
        // Unify first, because full-width brackets and invisible characters may be part of the markup.
        var plain = CharacterForms.Unify(text);
        if (plain.AsSpan().ContainsAny(Markup) || plain.Contains("www.", StringComparison.OrdinalIgnoreCase))
        {
            // Unify again, because an entity can encode any character.
            plain = CharacterForms.Unify(MarkupText.Strip(plain));
        }

        return Spaces().Replace(plain, " ").Trim();
    }

    [GeneratedRegex(@"\s{2,}|\n")]
    private static partial Regex Spaces();
}
