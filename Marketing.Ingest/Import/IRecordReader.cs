using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads a file of any format record by record, each as JSON in the form that the API accepts.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>Moves to the next record; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read any further.</exception>
    bool Read();

    /// <summary>The line on which the record begins, from 1.</summary>
    long Line { get; }

    /// <summary>Why the record is invalid regardless of its JSON; null when only validation can tell.</summary>
    FieldError? Fault { get; }

    /// <summary>The record as a JSON object, valid until the next read; empty when a fault leaves none.</summary>
    ReadOnlySpan<byte> Json { get; }

    /// <summary>After a rejection, rewrites the record in an equivalent form; false when there is none.</summary>
    bool TryAdapt(FieldError error);
}

/// <summary>One row of a file of any format.</summary>
internal interface IRow
{
    /// <summary>The line on which the row begins, from 1.</summary>
    long Line { get; }

    /// <summary>The trimmed value of a column; empty when it has none.</summary>
    string Cell(int column);
}
