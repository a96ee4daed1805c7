using System.Globalization;
using System.Text;

namespace Marketing.Ingest.Import.Text;

/// <summary>The encoding of a file.</summary>
/// <param name="Name">The name, as <c>--encoding</c> accepts it.</param>
/// <param name="Decoder">The decoder; null for UTF-8, which needs none.</param>
internal sealed record TextEncoding(string Name, Encoding? Decoder)
{
    /// <summary>The default encoding.</summary>
    public static readonly TextEncoding Utf8 = new("utf-8", null);

    private const int GuessBytes = 4096;

    private static readonly TextEncoding Utf16LittleEndian = new("utf-16le", new UnicodeEncoding(bigEndian: false, byteOrderMark: false));
    private static readonly TextEncoding Utf16BigEndian = new("utf-16be", new UnicodeEncoding(bigEndian: true, byteOrderMark: false));
    private static readonly TextEncoding Utf32LittleEndian = new("utf-32le", new UTF32Encoding(bigEndian: false, byteOrderMark: false));
    private static readonly TextEncoding Utf32BigEndian = new("utf-32be", new UTF32Encoding(bigEndian: true, byteOrderMark: false));

    /// <summary>The byte order marks, longest first, because the mark of UTF-32 begins with that of UTF-16.</summary>
    private static readonly (byte[] Mark, TextEncoding Encoding)[] Marks =
    [
        ([0xFF, 0xFE, 0, 0], Utf32LittleEndian),
        ([0, 0, 0xFE, 0xFF], Utf32BigEndian),
        ([0xEF, 0xBB, 0xBF], Utf8),
        ([0xFF, 0xFE], Utf16LittleEndian),
        ([0xFE, 0xFF], Utf16BigEndian),
    ];

    /// <summary>Finds the encoding for a name.</summary>
    /// <exception cref="FormatException">There is none of that name; the message says what would be valid.</exception>
    public static TextEncoding Parse(string name)
    {
        var wanted = name.Trim().ToLowerInvariant();
        return wanted switch
        {
            "utf-8" or "utf8" or "utf-8-sig" or "ascii" or "us-ascii" => Utf8,
            "utf-16" or "utf16" or "utf-16le" or "utf-16-le" or "unicode" => Utf16LittleEndian with { Name = wanted },
            "utf-16be" or "utf-16-be" => Utf16BigEndian,
            "utf-32" or "utf32" or "utf-32le" => Utf32LittleEndian with { Name = wanted },
            "utf-32be" => Utf32BigEndian,
            "latin1" or "latin-1" or "iso-8859-1" or "iso8859-1" => new TextEncoding("iso-8859-1", Encoding.Latin1),
            _ => CodePage(wanted) is { } encoding
                ? new TextEncoding(encoding.WebName, encoding)
                : throw new FormatException(
                    $"--encoding {name} is unknown; try utf-8, utf-16, iso-8859-1 (latin1), windows-1252, shift_jis or the name of another code page."),
        };
    }

    /// <summary>
    /// Detects the encoding by the byte order mark, or UTF-16 by its zero bytes, and the length of the mark; null when unknown.
    /// </summary>
    public static (TextEncoding Encoding, int MarkBytes)? Detect(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (head.StartsWith(mark))
            {
                return (encoding, mark.Length);
            }
        }

        head = head[..Math.Min(head.Length, GuessBytes)];
        int even = 0, odd = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        // Latin text in UTF-16 has a zero in nearly every second byte, and none in the others.
        var pairs = head.Length / 2;
        return pairs < 4 ? null
            : odd > 0.7 * pairs && even == 0 ? (Utf16LittleEndian, 0)
            : even > 0.7 * pairs && odd == 0 ? (Utf16BigEndian, 0)
            : null;
    }

    /// <summary>Whether this detected encoding is compatible with the requested one.</summary>
    public bool Is(TextEncoding asked) => Name == asked.Name || (asked.Name is "utf-16" or "utf16" or "unicode" or "utf-32" or "utf32"
        && Name.StartsWith(asked.Name is "utf-32" or "utf32" ? "utf-32" : "utf-16", StringComparison.Ordinal));

    /// <summary>Whether this is a code page, which decodes undefined bytes to control characters.</summary>
    public bool IsCodePage => Decoder is not null && !Name.StartsWith("utf", StringComparison.Ordinal) && Name != "unicode";

    private static Encoding? CodePage(string name)
    {
        if (name is "utf-7" or "65000")
        {
            return null;
        }

        var number = name.StartsWith("cp", StringComparison.Ordinal) ? name[2..] : name;
        try
        {
            return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page)
                : CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
