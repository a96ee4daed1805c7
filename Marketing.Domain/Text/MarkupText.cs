using System.Net;
using System.Text.RegularExpressions;

namespace Marketing.Domain.Text;

/// <summary>
/// Removes markup: HTML and XML, entities, Markdown, chat and forum brackets, URLs and email addresses. A link keeps its label
/// and loses its target. Each pattern reads a character a bounded number of times, whatever the input.
/// </summary>
internal static partial class MarkupText
{
    // Some widgets escape text twice.
    private const int Escapings = 2;

    public static string Strip(string text)
    {
        for (var i = 0; i < Escapings && text.Contains('&', StringComparison.Ordinal); i++)
        {
            text = WebUtility.HtmlDecode(text);
        }

        if (text.Contains('<', StringComparison.Ordinal))
        {
            text = CharacterData().Replace(text, "$1");
            text = Unspoken().Replace(text, " ");
            text = AngleLink().Replace(text, "$1");
            text = InlineTag().Replace(text, "");
            text = Tag().Replace(text, " ");
            text = CutTag().Replace(text, " ");
        }

        if (text.Contains('[', StringComparison.Ordinal))
        {
            text = ForumTag().Replace(text, "");
            text = Image().Replace(text, "$1");
            text = Link().Replace(text, "$1");
        }

        text = Address().Replace(text, " ");
        text = Mailbox().Replace(text, " ");
        text = LineStart().Replace(text, "");
        return Emphasis().Replace(text, "");
    }

    private const string Attributes =
        """(?>\s+(?:[\w:.@-]+\s*=\s*(?>"[^"]*"|'[^']*'|[^\s<>"']+)|hidden|disabled|checked|selected|required|readonly|download|controls|autoplay|loop|muted|open|async|defer)(?=[\s/>]))*""";

    [GeneratedRegex(@"<!\[CDATA\[(.*?)(?:\]\]>|\z)", RegexOptions.Singleline)]
    private static partial Regex CharacterData();

    /// <summary>Comments, declarations, processing instructions, scripts and styles, which are not page text.</summary>
    [GeneratedRegex(@"<!--.*?(?:-->|\z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\z)|<[!?][a-z][^<>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Unspoken();

    /// <summary>Links in angle brackets, and chat-tool mentions and labeled links.</summary>
    [GeneratedRegex(@"<(?:(?:https?://|mailto:|tel:)|[@#!])[^<>|\s]*(?:\|([^<>]*))?>", RegexOptions.IgnoreCase)]
    private static partial Regex AngleLink();

    /// <summary>Tags that may occur inside a word.</summary>
    [GeneratedRegex(@"</?(?:a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)" + Attributes + @"\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex InlineTag();

    [GeneratedRegex(@"</?[a-z][\w:.-]*" + Attributes + @"\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    /// <summary>A tag cut off by a length limit.</summary>
    [GeneratedRegex(@"<[a-z][\w:.-]*\s+[\w:.-]+\s*=[^<>]*\z", RegexOptions.IgnoreCase)]
    private static partial Regex CutTag();

    [GeneratedRegex(@"\[/?(?:b|i|u|s|url|img|quote|code|color|size|list|center|email)(?:=[^\[\]\n]*)?\]", RegexOptions.IgnoreCase)]
    private static partial Regex ForumTag();

    [GeneratedRegex(@"!\[([^\[\]\n]*)\](?:\((?>[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")]
    private static partial Regex Image();

    [GeneratedRegex(@"\[([^\[\]\n]+)\](?:\((?=[^()\s]*[/#.@?:])(?>[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])")]
    private static partial Regex Link();

    // Match only URL characters: in many scripts the next word follows without a space.
    [GeneratedRegex("""\b(?:(?:https?|ftps?|file)://|www\.)[!-~-[<>"'`\\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.+-])(?:mailto:)?[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", RegexOptions.IgnoreCase)]
    private static partial Regex Mailbox();

    /// <summary>Markdown headings, quotes and bullets.</summary>
    [GeneratedRegex(@"^[ \t]{0,3}(?:#{1,6}(?=[ \t])|>+|[*+-](?=[ \t]))[ \t]*", RegexOptions.Multiline)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"`+|~~|(?<![\w*])\*+(?=[^\s*])|(?<=[^\s*])\*+(?![\w*])|(?<!\w)_+(?=\w)|(?<=\w)_+(?![\w])|\\(?=[\\`*_{}\[\]()#+.!|<>~-])")]
    private static partial Regex Emphasis();
}
