using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Marketing.Ingest.Import.Times;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads JSON objects whose field names or time formats differ from the API's.</summary>
/// <remarks>
/// With field definitions, every object is mapped, like the rows of a CSV file. Without them, only an object that was rejected for its
/// time is rewritten.
/// </remarks>
internal sealed class MappedJsonReader : IRecordReader
{
    private const string Time = "occurredAt";

    private static readonly JsonReaderOptions OneObject = new() { MaxDepth = 64 };

    private readonly IRecordReader _objects;
    private readonly TimeReader _times;
    private readonly bool _mapsAll;
    private readonly JsonRow _row;
    private readonly IReadOnlyList<FieldTemplate> _fields;
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private bool _isMapped;

    /// <param name="objects">Reads the original objects.</param>
    /// <param name="row">The row that the fields are bound to.</param>
    /// <param name="fields">The source of each field.</param>
    /// <param name="mapsAll">Whether every object is mapped.</param>
    /// <param name="times">Parses the times.</param>
    public MappedJsonReader(IRecordReader objects, JsonRow row, IReadOnlyList<FieldTemplate> fields, bool mapsAll, TimeReader times)
    {
        (_objects, _row, _fields, _mapsAll, _times) = (objects, row, fields, mapsAll, times);
    }

    public long Line => _objects.Line;

    public FieldError? Fault { get; private set; }

    public ReadOnlySpan<byte> Json => _isMapped ? _json.WrittenSpan : _objects.Json;

    public bool Read()
    {
        if (!_objects.Read())
        {
            return false;
        }

        (_isMapped, Fault) = (false, null);
        if (_mapsAll || !_times.AllowsStrict)
        {
            _isMapped = TryMap();
        }

        return true;
    }

    public bool TryAdapt(FieldError error)
    {
        if (_isMapped || error.Field != Time)
        {
            return false;
        }

        _isMapped = TryMap();
        return _isMapped;
    }

    /// <summary>Binds the fields that definitions fill, and every other field to the property of the same name.</summary>
    public static List<FieldTemplate> Bind(IReadOnlyList<FieldDefinition> definitions, JsonRow row)
    {
        var fields = definitions.Select(definition => FieldTemplate.Bind(definition, row.IndexOf, [])).ToList();
        foreach (var known in FieldDefinition.Known)
        {
            if (fields.TrueForAll(field => field.Field != known))
            {
                fields.Add(FieldTemplate.OfColumn(known, row.IndexOf(known)));
            }
        }

        return fields;
    }

    /// <summary>Adds the first objects to the sample.</summary>
    public static void Sample(IRecordReader objects, JsonRow row, IReadOnlyList<FieldTemplate> fields, FieldSample sample, int count)
    {
        try
        {
            for (var i = 0; i < count && objects.Read(); i++)
            {
                if (Parse(objects.Json) is { } document)
                {
                    using (document)
                    {
                        row.Set(document.RootElement, objects.Line);
                        sample.Add(row, fields);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // The import reaches the same place and reports the error.
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _objects.Dispose();
    }

    /// <summary>Rewrites the object; false when the JSON is not an object, which validation reports.</summary>
    private bool TryMap()
    {
        try
        {
            using var document = Parse(_objects.Json);
            if (document is null)
            {
                return false;
            }

            _row.Set(document.RootElement, Line);
            Write(document.RootElement);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // An unpaired surrogate.
        }
    }

    /// <summary>Parses the object; null when the JSON is not an object.</summary>
    private static JsonDocument? Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json, OneObject);
            var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind == JsonValueKind.Object && json[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Write(JsonElement element)
    {
        _json.ResetWrittenCount();
        _writer.Reset(_json);
        _writer.WriteStartObject();
        if (_mapsAll)
        {
            WriteFields();
            WriteProperties(element);
        }
        else
        {
            WriteAsItIs(element);
        }

        _writer.WriteEndObject();
        _writer.Flush();
    }

    private void WriteFields()
    {
        foreach (var field in _fields)
        {
            var value = field.Fill(_row);
            if (value.Length > 0 && field.Field == Time)
            {
                WriteTime(value);
            }
            else if (value.Length > 0)
            {
                _writer.WriteString(field.Field, value);
            }
        }
    }

    private void WriteAsItIs(JsonElement element)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals(Time) && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                WriteTime(property.Value.ToString());
            }
            else
            {
                property.WriteTo(_writer);
            }
        }
    }

    private void WriteTime(string value)
    {
        if (_times.TryRead(value, out var instant, out var error))
        {
            _writer.WriteString(Time, instant.UtcDateTime);
        }
        else
        {
            Fault ??= error;
            _writer.WriteString(Time, value); // Keep the value for the dead letter.
        }
    }

    /// <summary>Writes the existing properties, and every value that fills no field.</summary>
    private void WriteProperties(JsonElement element)
    {
        var open = false;
        foreach (var property in element.EnumerateObject())
        {
            if (property.NameEquals("properties") && property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in property.Value.EnumerateObject())
                {
                    WriteProperty(inner, ref open);
                }
            }
            else if (!IsField(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
            {
                WriteProperty(property, ref open);
            }
        }

        if (open)
        {
            _writer.WriteEndObject();
        }
    }

    /// <summary>Whether a field contains the whole value of a property.</summary>
    private bool IsField(string name) => _fields.Any(field => field.WholeColumns.Any(column => ColumnName.Same(_row.NameOf(column), name)));

    private void WriteProperty(JsonProperty property, ref bool open)
    {
        if (!open)
        {
            _writer.WriteStartObject("properties");
            open = true;
        }

        property.WriteTo(_writer);
    }
}
