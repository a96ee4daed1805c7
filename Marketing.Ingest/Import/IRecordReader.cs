using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Reads a file record by record, each as the JSON that the API takes, whatever form the file has.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>Moves to the next record; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read on from here.</exception>
    bool Read();

    /// <summary>The line on which the record begins, from 1.</summary>
    long Line { get; }

    /// <summary>Why the record cannot be one, whatever its JSON says; null when that is to be seen.</summary>
    FieldError? Fault { get; }

    /// <summary>The record as a JSON object, until the next read; empty when there is none because of the fault.</summary>
    ReadOnlySpan<byte> Json { get; }

    /// <summary>After a refusal: writes the record in another way that says the same. False when there is none.</summary>
    bool TryAdapt(FieldError error);
}
