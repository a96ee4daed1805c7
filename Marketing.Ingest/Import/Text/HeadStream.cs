using System.Runtime.ExceptionServices;

namespace Marketing.Ingest.Import.Text;

/// <summary>Allows peeking at the first bytes of a stream before it is read from the start.</summary>
internal sealed class HeadStream : ReadOnlyStream
{
    private readonly Stream _source;
    private readonly byte[] _head;
    private readonly int _length;
    private readonly ExceptionDispatchInfo? _failure;
    private int _next;

    /// <summary>Reads ahead up to <paramref name="bytes"/> bytes.</summary>
    /// <remarks>An error in them is thrown only when reading reaches that position.</remarks>
    public HeadStream(Stream source, int bytes)
    {
        _source = source;
        _head = new byte[bytes];
        try
        {
            int read;
            while (_length < bytes && (read = source.Read(_head.AsSpan(_length))) > 0)
            {
                _length += read;
            }

            IsWhole = _length < bytes;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>The buffered first bytes that are not yet read or skipped.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(_next, _length - _next);

    /// <summary>Whether nothing follows <see cref="Head"/>.</summary>
    public bool IsWhole { get; }

    /// <summary>Skips bytes of the head.</summary>
    public void Skip(int bytes) => _next += bytes;

    public override int Read(Span<byte> buffer)
    {
        if (_next < _length)
        {
            var count = Math.Min(buffer.Length, _length - _next);
            _head.AsSpan(_next, count).CopyTo(buffer);
            _next += count;
            return count;
        }

        _failure?.Throw();
        return IsWhole ? 0 : _source.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
