using System.Buffers;
using System.Text;

namespace Marketing.Ingest.Import.Text;

/// <summary>Transcodes a stream to UTF-8.</summary>
/// <remarks>
/// Undecodable bytes become 0xFF, which never occurs in UTF-8, so that the reader of a line can detect and locate them. A replacement
/// character would look like text.
/// </remarks>
internal sealed class TranscodedStream : ReadOnlyStream
{
    private const int ChunkBytes = 1 << 15;
    private const char Undecodable = '\uFFFE';
    private const byte NoUtf8 = 0xFF;

    private static readonly SearchValues<char> NoText = SearchValues.Create(Undecodable);

    /// <summary>The C1 control characters, and the characters to which Shift JIS decodes undefined bytes.</summary>
    private static readonly SearchValues<char> NoTextOfCodePages =
        SearchValues.Create([Undecodable, .. Enumerable.Range(0x80, 0x20).Select(static code => (char)code), '\uF8F0', '\uF8F1', '\uF8F2', '\uF8F3']);

    private readonly Stream _source;
    private readonly Decoder _decoder;
    private readonly SearchValues<char> _bad;
    private readonly byte[] _bytes = new byte[ChunkBytes];
    private readonly char[] _chars;
    private readonly byte[] _text;
    private int _next;
    private int _end;
    private bool _ended;

    public TranscodedStream(Stream source, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding.Decoder);
        _source = source;
        var strict = (Encoding)encoding.Decoder.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        _decoder = strict.GetDecoder();
        _bad = encoding.IsCodePage ? NoTextOfCodePages : NoText;
        _chars = new char[strict.GetMaxCharCount(ChunkBytes)];
        _text = new byte[Encoding.UTF8.GetMaxByteCount(_chars.Length)];
    }

    public override int Read(Span<byte> buffer)
    {
        while (_next == _end)
        {
            if (_ended)
            {
                return 0;
            }

            Fill();
        }

        var count = Math.Min(buffer.Length, _end - _next);
        _text.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        var read = _source.Read(_bytes);
        _ended = read == 0;
        var chars = _chars.AsSpan(0, _decoder.GetChars(_bytes.AsSpan(0, read), _chars, flush: _ended));
        (_next, _end) = (0, 0);
        while (!chars.IsEmpty)
        {
            var bad = chars.IndexOfAny(_bad);
            var good = bad < 0 ? chars : chars[..bad];
            _end += Encoding.UTF8.GetBytes(good, _text.AsSpan(_end));
            if (bad < 0)
            {
                return;
            }

            _text[_end++] = NoUtf8;
            chars = chars[(bad + 1)..];
        }
    }
}
