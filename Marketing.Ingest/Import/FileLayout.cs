using System.Globalization;
using Marketing.Ingest.Import.Times;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>The detected layout of a file and a reader for its records.</summary>
/// <param name="Records">Reads the records from the start.</param>
/// <param name="Notes">Notes for the user: what was assumed, and how to override it.</param>
internal sealed record FileLayout(IRecordReader Records, IReadOnlyList<string> Notes)
{
    /// <summary>The rows to sample for the format of times and ids.</summary>
    private const int SampleRows = 10_000;

    /// <summary>A row up to this many times the maximum size is rejected alone; a longer one without an end stops the import.</summary>
    private const int RowBytesFactor = 16;

    /// <summary>Detects the layout from the beginning of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not supported, or is ambiguous in a way that only the user can
    /// resolve.</exception>
    public static FileLayout Find(InputFile input, ImportSettings settings, InteractionLimits limits)
    {
        var head = input.HeadIsWhole ? input.Head : WithoutLastLine(input.Head);
        var kind = settings.Kind ?? FileKinds.Detect(input.Head.Span, input.Name);
        return kind == FileKind.Delimited ? Delimited(input, head, settings, limits) : Json(input, head, kind, settings, limits);
    }

    private static FileLayout Delimited(InputFile input, ReadOnlyMemory<byte> head, ImportSettings settings, InteractionLimits limits)
    {
        var format = new DelimitedFormat(DelimitedFormat.SeparatorOf(head.Span, settings.Separator), settings.Columns);
        var maxRowBytes = RowBytesFactor * limits.MaxInteractionBytes;
        var sample = new FieldSample();
        CsvColumns columns;
        string separator;
        using (var first = new DelimitedRows(new MemoryStream(head.ToArray()), format, input.Encoding, maxRowBytes))
        {
            columns = CsvColumns.Find(first.Header, settings.Fields);
            separator = first.Separator;
            Sample(first, columns.Fields, sample);
        }

        var (times, notes) = Understand(sample, columns.Fields, settings);
        var rows = new DelimitedRows(input.Content, format, input.Encoding, maxRowBytes);
        return new FileLayout(
            new CsvRecordReader(rows, columns, times), [What(input, DelimitedFormat.Describe(separator)), .. columns.Notes, .. notes]);
    }

    private static FileLayout Json(InputFile input, ReadOnlyMemory<byte> head, FileKind kind, ImportSettings settings, InteractionLimits limits)
    {
        if (settings.Columns is not null || settings.Separator is not null)
        {
            throw new InvalidDataException("it is JSON, but --columns and --separator are for files with columns. Omit them, or add --format csv.");
        }

        var row = new JsonRow();
        var fields = MappedJsonReader.Bind(settings.Fields, row);
        var sample = new FieldSample();
        using (var first = Open(new MemoryStream(head.ToArray())))
        {
            MappedJsonReader.Sample(first, row, fields, sample, SampleRows);
        }

        var (times, notes) = Understand(sample, settings.Fields.Count > 0 ? fields : [], settings);
        var records = new MappedJsonReader(Open(input.Content), row, fields, settings.Fields.Count > 0, times);
        var isPlain = kind == FileKind.Ndjson && Path.GetExtension(FileKinds.WithoutCompression(input.Name)) is ".ndjson" or ".jsonl";
        return new FileLayout(
            records, isPlain ? notes : [What(input, kind == FileKind.Ndjson ? "NDJSON, one object per line" : "JSON objects"), .. notes]);

        IRecordReader Open(Stream text) => kind == FileKind.Ndjson
            ? new NdjsonRecordReader(text, limits.MaxInteractionBytes)
            : new JsonRecordReader(text, limits.MaxInteractionBytes);
    }

    private static void Sample(DelimitedRows rows, IReadOnlyList<FieldTemplate> fields, FieldSample sample)
    {
        try
        {
            for (var i = 0; i < SampleRows && rows.Read(); i++)
            {
                if (rows.Fault is null)
                {
                    sample.Add(rows, fields);
                }
            }
        }
        catch (InvalidDataException)
        {
            // The import reaches the same place and reports the error.
        }
    }

    private static (TimeReader Times, List<string> Notes) Understand(FieldSample sample, IReadOnlyList<FieldTemplate> fields, ImportSettings settings)
    {
        var (times, timeNotes) = settings.Times.Choose(sample.Times);
        List<string> notes = [.. timeNotes];
        foreach (var field in fields)
        {
            if (!settings.KeepsDecimals && sample.AreDecimals(field.Field))
            {
                field.CutsDecimals = true;
                notes.Add($"{field.Field} has whole numbers written like 12.0, which become 12; --keep-decimals keeps them");
            }
        }

        if (sample.RepeatsEventIds)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"eventId has only {sample.DistinctEventIds:N0} different values in the first {sample.EventIds:N0} rows, and each is imported once; if it does not identify a single event, add --field eventId="));
        }

        return (times, notes);
    }

    private static string What(InputFile input, string form) =>
        $"reads {input.Name} as {form}{(input.Encoding.Decoder is null ? "" : $" in {input.Encoding.Name}")}";

    /// <summary>Removes the last line of the head, which may be incomplete.</summary>
    private static ReadOnlyMemory<byte> WithoutLastLine(ReadOnlyMemory<byte> head)
    {
        var end = head.Span.LastIndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? head : head[..(end + 1)];
    }
}
