using Marketing.Ingest.Import.Text;

namespace Marketing.Ingest.Import;

/// <summary>Opens a file or standard input and returns its text as UTF-8: decompressed, decoded and without a byte order mark.</summary>
internal sealed class InputFile : IDisposable
{
    /// <summary>The name for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The number of bytes that are inspected to detect the format: about ten thousand rows.</summary>
    private const int HeadBytes = 1 << 20;

    private const int MagicBytes = 16;

    /// <summary>The signatures of known binary formats.</summary>
    private static readonly (byte[] Magic, string Sentence)[] Foreign =
    [
        ([.. "PK\u0003\u0004"u8], "it is a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV UTF-8."),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is an old Excel workbook. Save the sheet as CSV UTF-8."),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed with zstd. Decompress it and pipe it in: zstdcat FILE | … import -."),
        ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "it is compressed with xz. Decompress it and pipe it in: xzcat FILE | … import -."),
        ([.. "BZh"u8], "it is compressed with bzip2. Decompress it and pipe it in: bzcat FILE | … import -."),
        ([.. "PAR1"u8], "it is a Parquet file. Convert it to CSV or NDJSON first."),
        ([.. "Obj\u0001"u8], "it is an Avro file. Convert it to CSV or NDJSON first."),
        ([.. "SQLite format 3"u8], "it is a SQLite database. Export its table as CSV or NDJSON first."),
    ];

    private readonly Stream _source;
    private readonly HeadStream _text;

    private InputFile(string path, Stream source, HeadStream text, TextEncoding encoding, bool isGuessed, bool isRepeatable)
    {
        (_source, _text, Encoding, EncodingIsGuessed, IsRepeatable) = (source, text, encoding, isGuessed, isRepeatable);
        Name = path == StandardInput ? "standard input" : Path.GetFileName(path);
    }

    /// <summary>The name of the file, for messages.</summary>
    public string Name { get; }

    /// <summary>The text in UTF-8.</summary>
    public Stream Content => _text;

    /// <summary>The beginning of the text.</summary>
    public ReadOnlyMemory<byte> Head => _text.Head;

    /// <summary>Whether the head contains the whole text.</summary>
    public bool HeadIsWhole => _text.IsWhole;

    /// <summary>The original encoding of the file.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>Whether the encoding was guessed from the content, without an option or a byte order mark.</summary>
    public bool EncodingIsGuessed { get; }

    /// <summary>The bytes on disk; null when unknown.</summary>
    public long? Length => _source.CanSeek ? _source.Length : null;

    /// <summary>The bytes read from disk so far.</summary>
    /// <remarks>Safe to read from another thread.</remarks>
    public long Position => _source.CanSeek ? _source.Position : 0;

    /// <summary>Whether the input can be opened again with the same text, unlike a pipe.</summary>
    public bool IsRepeatable { get; }

    /// <param name="path">A path, or <see cref="StandardInput"/>.</param>
    /// <param name="encoding">The text encoding; null for the one that the byte order mark indicates, else UTF-8.</param>
    /// <exception cref="InvalidDataException">The input cannot be read as text.</exception>
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

    /// <summary>Opens a stream, which is disposed with the returned file.</summary>
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
                        $"it begins with the byte order mark of {mark.Encoding.Name}, but --encoding says {encoding.Name}. Omit --encoding.");
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

        // Detecting truncation needs the end of the data, and a pipe cannot seek there.
        var copy = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        ((Stream?)pipe ?? source).CopyTo(copy);
        copy.Seek(0, SeekOrigin.Begin);
        source.Dispose();
        source = copy;
        return new GzipFile(copy);
    }
}
