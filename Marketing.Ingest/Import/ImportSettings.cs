using Marketing.Ingest.Import.Text;
using Marketing.Ingest.Import.Times;
using Microsoft.Extensions.Options;

namespace Marketing.Ingest.Import;

/// <summary>The validated settings for reading the files of an import.</summary>
/// <param name="Fields">The field definitions.</param>
/// <param name="Kind">The file format; null to detect it from the content.</param>
/// <param name="Separator">The separator between cells; null to detect it from the first lines.</param>
/// <param name="Columns">The column names of files without a header; null when they have one.</param>
/// <param name="Encoding">The text encoding; null for the one that the byte order mark indicates, else UTF-8.</param>
/// <param name="Times">The format and time zone of times.</param>
/// <param name="KeepsDecimals">Whether to keep ids such as <c>12.0</c> unchanged.</param>
/// <param name="Key">Distinguishes these settings from others that may read a file differently.</param>
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
    /// <summary>Validates the options.</summary>
    /// <exception cref="OptionsValidationException">Some options are not valid; the message says what would be.</exception>
    public static ImportSettings From(ImportOptions options)
    {
        try
        {
            var fields = options.Fields.Select(FieldDefinition.Parse).ToList();
            if (fields.CountBy(static field => field.Field).FirstOrDefault(static field => field.Value > 1).Key is { } twice)
            {
                throw new FormatException($"--field {twice} must not be given more than once.");
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
            : throw new FormatException($"--columns {names} must be names separated by commas, such as userId,movieId,rating,timestamp.");
    }
}
