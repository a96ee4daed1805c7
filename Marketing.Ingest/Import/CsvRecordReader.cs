using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;

namespace Marketing.Ingest.Import;

/// <summary>Reads CSV (RFC 4180, separator detected) with a header. An empty cell is a field left out.</summary>
internal sealed class CsvRecordReader : IRecordReader
{
    private static readonly CsvReaderOptions Options = new() { TrackLineNumbers = true, IncludeValuesInExceptions = false };

    private readonly CsvReader _reader;
    private readonly CsvColumns _columns;
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;

    /// <exception cref="InvalidDataException">The header does not name what every interaction needs.</exception>
    public CsvRecordReader(Stream stream, IReadOnlyList<string> definitions)
    {
        _reader = CsvReader.Create(stream, Options, leaveOpen: true);
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _columns = CsvColumns.Find([.. _reader.Headers], definitions);
    }

    public long Line => _reader.LineNumber;

    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    public bool Read()
    {
        if (!ReadRow())
        {
            return false;
        }

        _json.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (var field in _columns.Fields)
        {
            if (field.Fill(_reader, Line) is { Length: > 0 } value)
            {
                _writer.WriteString(field.Field, value);
            }
        }

        WriteProperties();
        _writer.WriteEndObject();
        _writer.Flush();
        return true;
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    private bool ReadRow()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private void WriteProperties()
    {
        var open = false;
        foreach (var (name, column) in _columns.Properties)
        {
            if (column >= _reader.FieldCount || _reader.IsEmpty(column))
            {
                continue;
            }

            if (!open)
            {
                _writer.WriteStartObject("properties");
                open = true;
            }

            _writer.WriteString(name, _reader.GetSpan(column));
        }

        if (open)
        {
            _writer.WriteEndObject();
        }
    }
}
