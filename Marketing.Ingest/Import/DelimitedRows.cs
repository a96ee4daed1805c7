using System.Globalization;
using CsvHelper;
using Marketing.Ingest.Import.Text;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads rows of cells (RFC 4180 with any separator) and reports rows that do not match the header.</summary>
internal sealed class DelimitedRows : IRow, IDisposable
{
    /// <summary>Replaces a separator of several characters while reading: the ASCII unit separator.</summary>
    private const char Replacement = '\u001F';

    private readonly CsvReader _reader;
    private readonly TextEncoding _encoding;
    private readonly DelimitedFormat _format;
    private CsvMalformedRecord? _malformed;
    private QuoteState _quotes;
    private bool _isFirst = true;

    /// <param name="text">The text in UTF-8; not disposed.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="encoding">The original encoding, for messages.</param>
    /// <param name="maxRowBytes">Reading stops with an error at a longer row that has no end yet.</param>
    /// <exception cref="InvalidDataException">The header cannot be read.</exception>
    public DelimitedRows(Stream text, DelimitedFormat format, TextEncoding encoding, int maxRowBytes)
    {
        (_format, _encoding) = (format, encoding);
        var options = new CsvReaderOptions
        {
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            TrimWhitespace = true,
            HasHeader = format.Columns is null,
            MaxRecordSize = maxRowBytes,
            OnMalformedRecord = record => _malformed = record,
        };
        _reader = format.Separator is { Length: > 1 } separator
            ? CsvReader.Create(new CsvSeparatorStream(text, separator, Replacement, leaveOpen: true), options, leaveOpen: true)
            : CsvReader.Create(text, format.Separator is null ? options : options with { Separator = format.Separator[0] }, leaveOpen: true);
        Header = ReadHeader();
    }

    /// <summary>The column names.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The separator between cells.</summary>
    public string Separator => _format.Separator ?? _reader.Separator.ToString();

    public long Line => _reader.LineNumber;

    /// <summary>What is wrong with the current row; null when it is well-formed.</summary>
    public FieldError? Fault { get; private set; }

    /// <summary>Moves to the next row; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">A quote is never closed, so the end of the row is unknown.</exception>
    public bool Read()
    {
        _malformed = null;
        if (!TryRead())
        {
            return false;
        }

        if (_isFirst)
        {
            _isFirst = false;
            if (_format.Columns is not null && IsHeader())
            {
                return Read();
            }
        }

        Fault = FindFault();
        return true;
    }

    public string Cell(int column) => column < _reader.FieldCount ? _reader.GetString(column).Trim() : string.Empty;

    /// <summary>The cell in UTF-8, valid until the next read.</summary>
    public ReadOnlySpan<byte> Span(int column) => column < _reader.FieldCount ? _reader.GetSpan(column).Trim(" \t\r\n"u8) : default;

    public void Dispose() => _reader.Dispose();

    private bool TryRead()
    {
        try
        {
            if (!_reader.Read())
            {
                return false;
            }
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"the row that begins on line {Math.Max(exception.LineNumber, 1)} does not end within {_reader.Options.MaxRecordSize:N0} bytes. Is a quote not closed? Everything before this row is imported, nothing after it."), exception);
        }

        _quotes = _malformed is null ? QuoteState.Sound : QuoteCheck.Of(_reader.RawRecord, (byte)_reader.Separator);
        return _quotes == QuoteState.Open || (_quotes == QuoteState.TextBehind && SpansLines()) ? throw NeverClosed(Line) : true;
    }

    private static InvalidDataException NeverClosed(long line) => new(string.Create(CultureInfo.InvariantCulture,
        $"a quote in the row that begins on line {line} is never closed, or is closed in another row. Everything before this row is imported, nothing after it. Close the quote; if it is part of the text, double it."));

    private bool SpansLines() => _reader.RawRecord.ContainsAny((byte)'\n', (byte)'\r');

    private FieldError? FindFault()
    {
        var raw = _reader.RawRecord;
        if (!System.Text.Unicode.Utf8.IsValid(raw))
        {
            for (var column = 0; column < _reader.FieldCount; column++)
            {
                if (TextFault.Find(_reader.GetSpan(column), _encoding, column < Header.Count ? Header[column] : string.Empty) is { } fault)
                {
                    return fault;
                }
            }

            return TextFault.Find(raw, _encoding);
        }

        if (_reader.FieldCount != Header.Count)
        {
            return new FieldError("", string.Create(CultureInfo.InvariantCulture,
                $"The row has {_reader.FieldCount} cells, but the header has {Header.Count}{(_reader.FieldCount > Header.Count ? "; put a cell that contains a separator in quotes" : "")}."));
        }

        if (_quotes == QuoteState.TextBehind)
        {
            return new FieldError("", "The row has text after a closing quote; double a quote that is part of the text.");
        }

        return raw.Contains((byte)0) ? new FieldError("", "The row contains a NUL byte, which is not valid in text.") : null;
    }

    private IReadOnlyList<string> ReadHeader()
    {
        if (_format.Columns is not null)
        {
            return _format.Columns;
        }

        string[] header;
        try
        {
            header = [.. _reader.Headers.Select(static name => name.Trim())];
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException("its header does not end. Is a quote not closed?", exception);
        }

        if (_malformed is { Reason: not CsvMalformedReason.StrayQuote } malformed)
        {
            throw NeverClosed(malformed.LineNumber);
        }

        // The reader has replaced bytes that are not text.
        return header.Any(static name => name.Contains('\uFFFD', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
            ? throw new InvalidDataException(
                $"its header is not valid {_encoding.Name}. If it has another encoding, name it, such as --encoding windows-1252.")
            : header;
    }

    /// <summary>Whether the first row is a header although the column names are given.</summary>
    private bool IsHeader()
    {
        for (var column = 0; column < Header.Count; column++)
        {
            if (!ColumnName.Same(Header[column], Cell(column)))
            {
                return false;
            }
        }

        return _reader.FieldCount == Header.Count;
    }
}
