using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Stores;

namespace Marketing.Ingest.Import;

/// <summary>Writes each rejected line and its reason as NDJSON next to the input file.</summary>
/// <remarks>
/// Leaves out the record itself, which may contain chat text; the line number says where to find it. Created with the first reject.
/// </remarks>
internal sealed class RejectFile(string path, long resumeAt) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private FileStream? _file;

    public string Path => path;

    /// <summary>The size on disk, in bytes.</summary>
    public long Length { get; private set; } = resumeAt;

    /// <summary>The reject file of an input: next to it, or in <paramref name="fallback"/> when that folder is not writable.</summary>
    public static RejectFile For(string input, string fallback, long resumeAt)
    {
        var name = input == InputFile.StandardInput ? "stdin" : System.IO.Path.GetFileName(input);
        var folder = input == InputFile.StandardInput ? "." : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(input))!;
        var beside = System.IO.Path.Combine(folder, $"{name}.rejects.ndjson");
        if (resumeAt == 0)
        {
            return new RejectFile(TryClear(beside) ? beside : System.IO.Path.Combine(fallback, $"{name}.rejects.ndjson"), 0);
        }

        return new RejectFile(File.Exists(beside) ? beside : System.IO.Path.Combine(fallback, $"{name}.rejects.ndjson"), resumeAt);
    }

    public void Write(IReadOnlyList<Reject> rejects)
    {
        if (rejects.Count == 0)
        {
            return;
        }

        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json, Options);
        foreach (var reject in rejects)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", reject.Line);
            writer.WriteString("field", reject.Error.Field);
            writer.WriteString("reason", reject.Error.Message);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            json.Write("\n"u8);
        }

        _file ??= Open();
        _file.Write(json.WrittenSpan);
        _file.Flush();
        Length = _file.Length;
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
        var file = PrivateFiles.Open(path, FileMode.OpenOrCreate, FileShare.Read);
        file.SetLength(Math.Min(file.Length, Length)); // Rejects after the last checkpoint will be written again.
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    /// <summary>Whether the file can be written; removes the file of an earlier import.</summary>
    private static bool TryClear(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Create))
            {
            }

            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
