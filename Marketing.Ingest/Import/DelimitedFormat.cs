using System.Text;

namespace Marketing.Ingest.Import;

/// <summary>The format of a delimited file.</summary>
/// <param name="Separator">The separator between cells; null to detect a common one from the first lines.</param>
/// <param name="Columns">The column names, when the file has no header.</param>
internal sealed record DelimitedFormat(string? Separator, IReadOnlyList<string>? Columns)
{
    private const int Lines = 50;

    /// <summary>The separator to set explicitly; null when the CSV reader detects it.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <param name="asked">The separator from the option.</param>
    public static string? SeparatorOf(ReadOnlySpan<byte> head, string? asked) =>
        head.StartsWith("sep="u8) || head.StartsWith("SEP="u8) ? null // Excel declares the separator in the first line.
        : asked ?? (IsDoubleColon(head) ? "::" : null);

    /// <summary>Detects the separator <c>::</c>: it occurs equally often in each of the first lines.</summary>
    private static bool IsDoubleColon(ReadOnlySpan<byte> head)
    {
        var (lines, count) = (0, 0);
        while (!head.IsEmpty && lines < Lines)
        {
            var end = head.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? head : head[..end];
            head = end < 0 ? [] : head[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            var found = line.Count("::"u8);
            if (found == 0 || (lines > 0 && found != count))
            {
                return false;
            }

            (lines, count) = (lines + 1, found);
        }

        return lines > 0;
    }

    /// <summary>The name for files with this separator.</summary>
    public static string Describe(string separator) => separator switch
    {
        "," => "comma-separated",
        ";" => "semicolon-separated",
        "\t" => "tab-separated",
        "|" => "pipe-separated",
        _ => $"separated by {separator}",
    };

    /// <summary>Parses a separator from an option.</summary>
    /// <exception cref="FormatException">The text is not a valid separator.</exception>
    public static string ParseSeparator(string text) => text switch
    {
        "tab" or "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "pipe" => "|",
        { Length: >= 1 and <= 8 } when Ascii.IsValid(text) && text.AsSpan().IndexOfAny("\r\n\"") < 0 => text,
        _ => throw new FormatException($"--separator {text} must be tab, comma, semicolon, pipe, or 1 to 8 ASCII characters without quotes or line breaks."),
    };
}
