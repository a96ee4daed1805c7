using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Ingest.Import.Times;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Turns each row of a delimited file into a record.</summary>
/// <remarks>An empty cell omits the field.</remarks>
internal sealed class CsvRecordReader(DelimitedRows rows, CsvColumns columns, TimeReader times) : IRecordReader
{
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public long Line => rows.Line;

    public FieldError? Fault { get; private set; }

    public ReadOnlySpan<byte> Json => _json.WrittenSpan;

    public bool Read()
    {
        if (!rows.Read())
        {
            return false;
        }

        _json.ResetWrittenCount();
        Fault = rows.Fault;
        if (Fault is not null)
        {
            return true; // The cells are unknown, so there is no record to build.
        }

        _writer.Reset(_json);
        _writer.WriteStartObject();
        foreach (var field in columns.Fields)
        {
            Write(field);
        }

        WriteProperties();
        _writer.WriteEndObject();
        _writer.Flush();
        return true;
    }

    public bool TryAdapt(FieldError error) => false;

    public void Dispose()
    {
        _writer.Dispose();
        rows.Dispose();
    }

    private void Write(FieldTemplate field)
    {
        if (field.Field == "occurredAt")
        {
            WriteTime(field.OnlyColumn is >= 0 and var time ? rows.Cell(time) : field.Fill(rows));
        }
        else if (field.OnlyColumn is >= 0 and var column)
        {
            if (rows.Span(column) is { IsEmpty: false } cell)
            {
                _writer.WriteString(field.Field, cell);
            }
        }
        else if (field.Fill(rows) is { Length: > 0 } value)
        {
            _writer.WriteString(field.Field, value);
        }
    }

    private void WriteTime(string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (times.TryRead(value, out var instant, out var error))
        {
            _writer.WriteString("occurredAt", instant.UtcDateTime);
        }
        else
        {
            Fault ??= error;
            _writer.WriteString("occurredAt", value); // Keep the value for the dead letter.
        }
    }

    private void WriteProperties()
    {
        var open = false;
        foreach (var (name, column) in columns.Properties)
        {
            var cell = rows.Span(column);
            if (cell.IsEmpty)
            {
                continue;
            }

            if (!open)
            {
                _writer.WriteStartObject("properties");
                open = true;
            }

            _writer.WriteString(name, cell);
        }

        if (open)
        {
            _writer.WriteEndObject();
        }
    }
}
