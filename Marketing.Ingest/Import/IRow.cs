namespace Marketing.Ingest.Import;

/// <summary>One row of a file of any format.</summary>
internal interface IRow
{
    /// <summary>The line on which the row begins, from 1.</summary>
    long Line { get; }

    /// <summary>The trimmed value of a column; empty when it has none.</summary>
    string Cell(int column);
}
