using System.Text.Json;

namespace Marketing.Ingest.Import;

/// <summary>The supported file formats.</summary>
internal enum FileKind
{
    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>JSON objects in an array, or spread over several lines.</summary>
    Json,

    /// <summary>Rows of cells with a separator.</summary>
    Delimited,
}

/// <summary>Detects the format of a file by its content, and by its name only when the content is ambiguous.</summary>
internal static class FileKinds
{
    private const int Lines = 20;

    /// <param name="head">The beginning of the text.</param>
    /// <param name="name">The file name.</param>
    public static FileKind Detect(ReadOnlySpan<byte> head, string name)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        var next = text.IsEmpty ? text : text[1..].TrimStart(" \t\r\n"u8);
        if (text is [(byte)'[', ..] && (next.IsEmpty || next[0] is (byte)'{' or (byte)']'))
        {
            return FileKind.Json;
        }

        if (text is [(byte)'{', ..] && (next.IsEmpty || next[0] is (byte)'"' or (byte)'}'))
        {
            return SpansLines(text) ? FileKind.Json : FileKind.Ndjson;
        }

        return HasObjectLine(head) || (IsNamedJson(name) && !HasFieldNames(text)) ? FileKind.Ndjson : FileKind.Delimited;
    }

    /// <summary>
    /// Whether the first value spans several lines, or is followed only by old Mac line ends (CR), which the NDJSON reader does not split
    /// at.
    /// </summary>
    private static bool SpansLines(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
            if (!reader.Read() || !reader.TrySkip())
            {
                return false;
            }

            var value = text[..(int)reader.BytesConsumed];
            var rest = text[value.Length..].TrimStart(" \t"u8);
            return value.ContainsAny((byte)'\n', (byte)'\r') || (rest is [(byte)'\r', ..] && !rest.Contains((byte)'\n'));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasObjectLine(ReadOnlySpan<byte> head)
    {
        for (var i = 0; i < Lines && !head.IsEmpty; i++)
        {
            if (head.TrimStart(" \t"u8).StartsWith("{\""u8))
            {
                return true;
            }

            var end = head.IndexOf((byte)'\n');
            head = end < 0 ? [] : head[(end + 1)..];
        }

        return false;
    }

    private static bool IsNamedJson(string name) => Path.GetExtension(WithoutCompression(name)).ToUpperInvariant() is ".NDJSON" or ".JSONL" or ".JSON";

    /// <summary>Whether the first line looks like a header with interaction fields.</summary>
    private static bool HasFieldNames(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var cells = System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]).Split(',', ';', '\t', '|');
        return cells.Length > 1 && Array.Exists(cells, static cell => ColumnName.Same(cell.Trim('"'), "userId"));
    }

    /// <summary>The file name without the compression extension.</summary>
    public static string WithoutCompression(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
}
