namespace Marketing.Ingest.Import;

/// <summary>One row of a file, whatever form it has.</summary>
internal interface IRow
{
    /// <summary>The line on which it begins, from 1.</summary>
    long Line { get; }

    /// <summary>The value in a column without white space around it; empty when it has none.</summary>
    string Cell(int column);
}
