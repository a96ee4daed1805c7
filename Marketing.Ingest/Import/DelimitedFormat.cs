using System.Text;

namespace Marketing.Ingest.Import;

/// <summary>How a file of rows and cells is written.</summary>
/// <param name="Separator">What is between two cells; null: what CSV files have, as the first lines show.</param>
/// <param name="Columns">The names of the columns when the file has no header.</param>
internal sealed record DelimitedFormat(string? Separator, IReadOnlyList<string>? Columns)
{
    private const int Lines = 50;

    /// <summary>The separator that has to be said; null where the reader finds it by itself.</summary>
    /// <param name="head">The beginning of the text.</param>
    /// <param name="asked">The separator that an option names.</param>
    public static string? SeparatorOf(ReadOnlySpan<byte> head, string? asked) =>
        head.StartsWith("sep="u8) || head.StartsWith("SEP="u8) ? null // Excel says it in the first line.
        : asked ?? (IsDoubleColon(head) ? "::" : null);

    /// <summary>Tells the separator <c>::</c> by the first lines: every one has it equally often.</summary>
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

    /// <summary>What to call files with this separator.</summary>
    public static string Describe(string separator) => separator switch
    {
        "," => "comma-separated",
        ";" => "semicolon-separated",
        "\t" => "tab-separated",
        "|" => "pipe-separated",
        _ => $"separated by {separator}",
    };

    /// <summary>A separator as an option gives it.</summary>
    /// <exception cref="FormatException">It can be none.</exception>
    public static string ParseSeparator(string text) => text switch
    {
        "tab" or "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "pipe" => "|",
        { Length: >= 1 and <= 8 } when Ascii.IsValid(text) && text.AsSpan().IndexOfAny("\r\n\"") < 0 => text,
        _ => throw new FormatException($"--separator {text} must be tab, comma, semicolon, pipe, or 1 to 8 ASCII characters without quotes and line breaks."),
    };
}
