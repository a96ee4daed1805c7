using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads one JSON object per line.</summary>
/// <remarks>A line over the maximum size is truncated to bound memory, and is then rejected for its size.</remarks>
internal sealed class NdjsonRecordReader(Stream stream, int maxLineBytes) : IRecordReader
{
    private readonly byte[] _buffer = new byte[Math.Max(1 << 20, 2 * maxLineBytes)];
    private int _next;
    private int _end;
    private int _start;
    private int _length;

    public long Line { get; private set; }

    public FieldError? Fault => null;

    public ReadOnlySpan<byte> Json => _buffer.AsSpan(_start, _length);

    public bool Read()
    {
        while (ReadLine())
        {
            Line++;
            if (!Json.Trim(" \t\r"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryAdapt(FieldError error) => false;

    public void Dispose() => stream.Dispose();

    private bool ReadLine()
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_next + searched, _end - _next - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                Take(searched + newline);
                _next++;
                return true;
            }

            searched = _end - _next;
            if (searched > maxLineBytes)
            {
                Take(maxLineBytes + 1);
                SkipLine();
                return true;
            }

            if (!Fill())
            {
                Take(searched);
                return searched > 0;
            }
        }
    }

    private void Take(int length)
    {
        _start = _next;
        _length = length;
        _next += length;
    }

    private void SkipLine()
    {
        // Keep the truncated line in place and read the rest of it through the second half of the buffer.
        var scratch = _start + _length;
        int newline;
        while ((newline = _buffer.AsSpan(_next, _end - _next).IndexOf((byte)'\n')) < 0)
        {
            _next = scratch;
            _end = scratch + stream.Read(_buffer, scratch, _buffer.Length - scratch);
            if (_end == scratch)
            {
                return;
            }
        }

        _next += newline + 1;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        _end -= _next;
        _next = 0;
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
