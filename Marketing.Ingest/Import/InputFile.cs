namespace Marketing.Ingest.Import;

/// <summary>Opens what is to be imported: a file or standard input, compressed or not, NDJSON or CSV.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    private readonly Stream _source;

    private InputFile(Stream source, Stream content, bool isCsv)
    {
        _source = source;
        Content = content;
        IsCsv = isCsv;
    }

    /// <summary>The text, decompressed.</summary>
    public Stream Content { get; }

    public bool IsCsv { get; }

    /// <summary>Bytes to be read from the disk; null when nobody knows.</summary>
    public long? Length => _source.CanSeek ? _source.Length : null;

    /// <summary>Bytes read from the disk so far. May be asked from another thread.</summary>
    public long Position => _source.CanSeek ? _source.Position : 0;

    /// <param name="path">A path, or <see cref="StandardInput"/>.</param>
    /// <param name="format">"csv" or "ndjson"; null: by the file's name.</param>
    public static InputFile Open(string path, string? format)
    {
        if (path == StandardInput)
        {
            var input = System.Console.OpenStandardInput();
            return new InputFile(input, input, format == "csv");
        }

        var compressed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var name = compressed ? path[..^3] : path;
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return new InputFile(
            file,
            compressed ? new GzipFile(file) : file,
            format is not null ? format == "csv" : name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose()
    {
        Content.Dispose();
        _source.Dispose();
    }
}
