using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Marketing.Ingest.Import;

/// <summary>
/// Decompresses a gzip file and detects truncation, which <see cref="GZipStream"/> does not: it reports a truncated file as a
/// normal end of data.
/// </summary>
internal sealed class GzipFile(FileStream file) : Stream
{
    private const int TrailerBytes = 8;
    private readonly GZipStream _text = new(file, CompressionMode.Decompress, leaveOpen: true);
    private long _length;
    private bool _checked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">The file is not a gzip file, is damaged, or is truncated.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _text.Read(buffer, offset, count);
        _length += read;
        if (read == 0 && count > 0 && !_checked && !IsComplete())
        {
            throw new InvalidDataException("it is truncated; everything before that point is imported.");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Checks the trailer: a gzip member ends with the CRC-32 of its content and its length modulo 2³² (RFC 1952).</summary>
    private bool IsComplete()
    {
        _checked = true;
        if (file.Length < TrailerBytes)
        {
            return false;
        }

        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Seek(-TrailerBytes, SeekOrigin.End);
        file.ReadExactly(trailer);
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]);
        return length == (uint)_length || (length < _length && CrcAfter(_length - length) == crc);
    }

    /// <summary>Computes the CRC of the last member, to which the trailer belongs, by reading its content again.</summary>
    private uint CrcAfter(long start)
    {
        file.Seek(0, SeekOrigin.Begin);
        using var again = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[1 << 16];
        var crc = new Crc32();
        long position = 0;
        for (var read = again.Read(buffer); read > 0; read = again.Read(buffer))
        {
            var skip = (int)Math.Clamp(start - position, 0, read);
            crc.Append(buffer.AsSpan(skip, read - skip));
            position += read;
        }

        return crc.GetCurrentHashAsUInt32();
    }
}
