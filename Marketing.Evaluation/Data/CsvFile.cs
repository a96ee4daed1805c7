using CsvHelper;

namespace Marketing.Evaluation.Data;

/// <summary>Reads CSV files with a header; errors name the file and the line.</summary>
internal static class CsvFile
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',', TrackLineNumbers = true };

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The path, plain or .gz.</param>
    /// <param name="columns">The required columns; the file may have more, in any order.</param>
    /// <param name="make">Creates a value from the fields of a row, in the order of <paramref name="columns"/>.</param>
    /// <exception cref="EvaluationException">A column is missing or the file is not CSV.</exception>
    public static List<T> Read<T>(string path, IReadOnlyList<string> columns, Func<string[], T> make)
    {
        using var text = DataFolder.Open(path);
        using var csv = CsvReader.Create(text, Options);
        try
        {
            int[] places = [.. columns.Select(column => csv.TryGetFieldIndex(column, out var place)
                ? place
                : throw new EvaluationException($"'{path}' has no column {column}; it should be CSV with {string.Join(", ", columns)}."))];
            List<T> rows = [];
            while (csv.Read())
            {
                rows.Add(make(Array.ConvertAll(places, csv.GetString)));
            }

            return rows;
        }
        catch (Exception exception) when (exception is CsvFormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new EvaluationException($"Line {csv.LineNumber} of '{path}' is not CSV with {string.Join(", ", columns)}.", exception);
        }
    }
}
