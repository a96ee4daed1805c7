using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import.Text;

/// <summary>Locates bytes in a line that are not valid text.</summary>
internal static class TextFault
{
    /// <summary>Describes the first invalid byte of a line; null when all bytes are valid.</summary>
    /// <param name="line">The line in UTF-8.</param>
    /// <param name="encoding">The encoding of the file.</param>
    /// <param name="field">The column or field that the line holds; empty for the whole line.</param>
    public static FieldError? Find(ReadOnlySpan<byte> line, TextEncoding encoding, string field = "")
    {
        if (Utf8.IsValid(line))
        {
            return null;
        }

        var rest = line;
        var characters = 1;
        while (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done)
        {
            rest = rest[length..];
            characters++;
        }

        var hint = encoding.Name switch
        {
            "utf-8" => "If the file has another encoding, name it, such as --encoding windows-1252.",
            "iso-8859-1" => "Files labeled Latin-1 are often windows-1252: try --encoding windows-1252.",
            _ => "If the file has another encoding, name it with --encoding.",
        };
        return new FieldError(field, string.Create(CultureInfo.InvariantCulture,
            $"The {(field.Length == 0 ? "line" : "cell")} is not valid {encoding.Name}. {hint} Found at character {characters}, byte {line.Length - rest.Length + 1} of it{Value(rest, encoding)}."));
    }

    /// <summary>The byte value, known only when the file was not transcoded.</summary>
    private static string Value(ReadOnlySpan<byte> rest, TextEncoding encoding) =>
        encoding.Decoder is null ? string.Create(CultureInfo.InvariantCulture, $" (0x{rest[0]:X2})") : string.Empty;
}
