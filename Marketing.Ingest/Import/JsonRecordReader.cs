using System.Globalization;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads JSON objects in any layout: the items of an array, one after another, or spread over several lines.</summary>
/// <remarks>An object over the maximum size is truncated to bound memory, and is then rejected for its size.</remarks>
internal sealed class JsonRecordReader(Stream stream, int maxObjectBytes) : IRecordReader
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _record = new byte[maxObjectBytes + 1];
    private int _next;
    private int _end;
    private int _length;
    private long _line = 1;
    private bool _afterReturn;
    private int _lists;
    private long _listLine;

    public long Line { get; private set; }

    public FieldError? Fault => null;

    public ReadOnlySpan<byte> Json => _record.AsSpan(0, Math.Min(_length, _record.Length));

    public bool Read()
    {
        _length = 0;
        for (var read = Peek(); read >= 0; read = Peek())
        {
            var character = (byte)read;
            switch (character)
            {
                case (byte)'{':
                    Line = _line;
                    ReadObject();
                    return true;
                case (byte)'[':
                    _listLine = _lists++ == 0 ? _line : _listLine;
                    break;
                case (byte)']' when _lists > 0:
                    _lists--;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',':
                    break;
                default:
                    Line = _line;
                    ReadOther();
                    return true;
            }

            Take();
        }

        return _lists == 0 ? false : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
            $"it is truncated: the list that begins on line {_listLine} does not end. Everything before that point is imported."));
    }

    public bool TryAdapt(FieldError error) => false;

    public void Dispose() => stream.Dispose();

    private void ReadObject()
    {
        var (depth, inString, escaped) = (0, false, false);
        do
        {
            if (Peek() < 0)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"it is truncated, or a brace or quote is missing: the object that begins on line {Line} does not end. Everything before it is imported."));
            }

            var character = Take();
            Keep(character);
            if (inString)
            {
                inString = escaped || character != '"';
                escaped = !escaped && character == '\\';
            }
            else
            {
                inString = character == '"';
                depth += character switch { (byte)'{' => 1, (byte)'}' => -1, _ => 0 };
            }
        }
        while (depth > 0);
    }

    /// <summary>Reads a value that is not an object, up to the start of the next value; validation reports it.</summary>
    private void ReadOther()
    {
        do
        {
            Keep(Take());
        }
        while (Peek() is >= 0 and not (',' or ']' or '\n' or '\r'));
    }

    private void Keep(byte character)
    {
        if (_length < _record.Length)
        {
            _record[_length++] = character;
        }
    }

    private byte Take()
    {
        var character = _buffer[_next++];
        _line += character == '\r' || (character == '\n' && !_afterReturn) ? 1 : 0;
        _afterReturn = character == '\r';
        return character;
    }

    /// <summary>The next byte; -1 at the end.</summary>
    private int Peek()
    {
        if (_next == _end)
        {
            (_next, _end) = (0, stream.Read(_buffer));
        }

        return _end == 0 ? -1 : _buffer[_next];
    }
}
