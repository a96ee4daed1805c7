using Marketing.Ingest.Import.Text;
using Marketing.Ingest.Import.Times;
using Microsoft.Extensions.Options;

namespace Marketing.Ingest.Import;

/// <summary>How the files of an import are to be read, checked before any of them is.</summary>
/// <param name="Fields">Where fields come from.</param>
/// <param name="Kind">What the files are; null: as their content shows.</param>
/// <param name="Separator">What is between two cells; null: as the first lines show.</param>
/// <param name="Columns">Names of the columns of files without a header; null: they have one.</param>
/// <param name="Encoding">What text is in; null: as the byte order mark says, or UTF-8.</param>
/// <param name="Times">How times are written.</param>
/// <param name="KeepsDecimals">Whether ids such as <c>12.0</c> stay as they are.</param>
/// <param name="Key">Tells these settings from others that may read a file in another way.</param>
internal sealed record ImportSettings(
    IReadOnlyList<FieldDefinition> Fields,
    FileKind? Kind,
    string? Separator,
    IReadOnlyList<string>? Columns,
    TextEncoding? Encoding,
    TimeOptions Times,
    bool KeepsDecimals,
    string Key)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="OptionsValidationException">Some are not valid; the message says what would be.</exception>
    public static ImportSettings From(ImportOptions options)
    {
        try
        {
            var fields = options.Fields.Select(FieldDefinition.Parse).ToList();
            if (fields.CountBy(static field => field.Field).FirstOrDefault(static field => field.Value > 1).Key is { } twice)
            {
                throw new FormatException($"--field {twice} must be given once.");
            }

            return new ImportSettings(
                fields,
                options.Format switch { null => null, "ndjson" => FileKind.Ndjson, "json" => FileKind.Json, _ => FileKind.Delimited },
                options.Separator is null ? (options.Format == "tsv" ? "\t" : null) : DelimitedFormat.ParseSeparator(options.Separator),
                options.Columns is null ? null : ColumnsOf(options.Columns),
                options.Encoding is null ? null : TextEncoding.Parse(options.Encoding),
                new TimeOptions(
                    options.TimeFormat is null ? null : TimeFormat.Parse(options.TimeFormat),
                    options.TimeZone is null ? TimeZoneRule.Utc : TimeZoneRule.Parse(options.TimeZone)),
                options.KeepDecimals,
                options.Key());
        }
        catch (FormatException exception)
        {
            throw new OptionsValidationException("import", typeof(ImportOptions), [exception.Message]);
        }
    }

    private static string[] ColumnsOf(string names)
    {
        var columns = names.Split(',', StringSplitOptions.TrimEntries);
        return Array.TrueForAll(columns, static column => column.Length > 0) ? columns
            : throw new FormatException($"--columns {names} must be names with commas between them, such as userId,movieId,rating,timestamp.");
    }
}
