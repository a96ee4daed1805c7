using Marketing.Ingest.Import.Text;

namespace Marketing.Ingest.Import;

/// <summary>Opens what is to be imported, a file or standard input, and gives its text in UTF-8: decompressed, decoded and without a byte order mark.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>How much is looked at to tell what the file is: some ten thousand rows.</summary>
    private const int HeadBytes = 1 << 20;

    private const int MagicBytes = 16;

    /// <summary>Files that are no text, by how they begin.</summary>
    private static readonly (byte[] Magic, string Sentence)[] Foreign =
    [
        ([.. "PK\u0003\u0004"u8], "it is a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV UTF-8."),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is an old Excel workbook. Save the sheet as CSV UTF-8."),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed with zstd. Decompress it and send it through -, as in zstdcat FILE | … import -."),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "it is compressed with xz. Decompress it and send it through -, as in xzcat FILE | … import -."),
        ([.. "BZh"u8], "it is compressed with bzip2. Decompress it and send it through -, as in bzcat FILE | … import -."),
        ([.. "PAR1"u8], "it is a Parquet file. Write it as CSV or NDJSON first."),
        ([.. "Obj\u0001"u8], "it is an Avro file. Write it as CSV or NDJSON first."),
        ([.. "SQLite format 3"u8], "it is a SQLite database. Write its table as CSV or NDJSON first."),
    ];

    private readonly Stream _source;
    private readonly HeadStream _text;

    private InputFile(string path, Stream source, HeadStream text, TextEncoding encoding, bool isGuessed, bool isRepeatable)
    {
        (_source, _text, Encoding, EncodingIsGuessed, IsRepeatable) = (source, text, encoding, isGuessed, isRepeatable);
        Name = path == StandardInput ? "standard input" : Path.GetFileName(path);
    }

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>The text in UTF-8.</summary>
    public Stream Content => _text;

    /// <summary>The beginning of the text.</summary>
    public ReadOnlyMemory<byte> Head => _text.Head;

    /// <summary>Whether the head is the whole text.</summary>
    public bool HeadIsWhole => _text.IsWhole;

    /// <summary>What the file was decoded from.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Whether neither an option nor a byte order mark said so.</summary>
    public bool EncodingIsGuessed { get; }

    /// <summary>Bytes to be read from the disk; null when nobody knows.</summary>
    public long? Length => _source.CanSeek ? _source.Length : null;

    /// <summary>Bytes read from the disk so far. May be asked from another thread.</summary>
    public long Position => _source.CanSeek ? _source.Position : 0;

    /// <summary>Whether it can be opened again and has the same text then. A pipe cannot.</summary>
    public bool IsRepeatable { get; }

    /// <param name="path">A path, or <see cref="StandardInput"/>.</param>
    /// <param name="encoding">What the text is in; null: as its byte order mark says, or else UTF-8.</param>
    /// <exception cref="InvalidDataException">It cannot be read as text.</exception>
    public static InputFile Open(string path, TextEncoding? encoding)
    {
        if (path == StandardInput)
        {
            return Open(path, System.Console.OpenStandardInput(), encoding);
        }

        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"it is a directory. Name the files in it, such as {Path.Combine(path, "*.csv")}.");
        }

        return File.Exists(path)
            ? Open(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan), encoding)
            : throw new FileNotFoundException("there is no such file.");
    }

    /// <summary>The same for a stream, which is closed with it.</summary>
    public static InputFile Open(string path, Stream source, TextEncoding? encoding)
    {
        try
        {
            var isRepeatable = path != StandardInput && source.CanSeek;
            var content = Decompress(ref source);
            var head = new HeadStream(content, HeadBytes);
            var found = TextEncoding.Detect(head.Head.Span);
            if (found is { MarkBytes: > 0 } mark)
            {
                if (encoding is not null && !mark.Encoding.Is(encoding))
                {
                    throw new InvalidDataException(
                        $"it begins with the byte order mark of {mark.Encoding.Name}, but --encoding says {encoding.Name}. Leave --encoding out.");
                }

                encoding = null;
                head.Skip(mark.MarkBytes);
            }

            var used = encoding ?? found?.Encoding ?? TextEncoding.Utf8;
            var text = used.Decoder is null ? head : new HeadStream(new TranscodedStream(head, used), HeadBytes);
            if (text.IsWhole && text.Head.Span.Trim(" \t\r\n"u8).IsEmpty)
            {
                throw new InvalidDataException("it is empty.");
            }

            return new InputFile(path, source, text, used, encoding is null && found is { MarkBytes: 0 }, isRepeatable);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        _source.Dispose();
    }

    private static Stream Decompress(ref Stream source)
    {
        HeadStream? pipe = null;
        Span<byte> magic = stackalloc byte[MagicBytes];
        if (source.CanSeek)
        {
            magic = magic[..source.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false)];
            source.Seek(0, SeekOrigin.Begin);
        }
        else
        {
            pipe = new HeadStream(source, MagicBytes);
            magic = magic[..pipe.Head.Length];
            pipe.Head.Span.CopyTo(magic);
        }

        foreach (var (begin, sentence) in Foreign)
        {
            if (magic.StartsWith(begin))
            {
                throw new InvalidDataException(sentence);
            }
        }

        if (!magic.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return pipe ?? source;
        }

        if (source is FileStream file && pipe is null)
        {
            return new GzipFile(file);
        }

        // Whether it is complete is told by its end, which a pipe does not let us look at.
        var copy = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        ((Stream?)pipe ?? source).CopyTo(copy);
        copy.Seek(0, SeekOrigin.Begin);
        source.Dispose();
        source = copy;
        return new GzipFile(copy);
    }
}
