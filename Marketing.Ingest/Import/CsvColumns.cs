namespace Marketing.Ingest.Import;

/// <summary>Which columns of a CSV file are which field of an interaction, and which are its properties.</summary>
/// <param name="Fields">The fields that the file has.</param>
/// <param name="Properties">All other columns.</param>
internal sealed record CsvColumns(IReadOnlyList<FieldTemplate> Fields, IReadOnlyList<(string Name, int Column)> Properties)
{
    private static readonly string[] Known = ["eventId", "userId", "type", "campaignId", "text", "occurredAt"];
    private static readonly string[] Required = ["userId", "type"];

    /// <summary>A column named like a field, in whatever case and with or without underscores, is that field unless a definition fills it.</summary>
    /// <exception cref="InvalidDataException">The file does not have what every interaction needs.</exception>
    public static CsvColumns Find(string[] header, IReadOnlyList<string> definitions)
    {
        var fields = definitions.Select(definition => FieldTemplate.Parse(definition, header)).ToList();
        if (fields.Find(static field => !Known.Contains(field.Field, StringComparer.Ordinal)) is { } unknown)
        {
            throw new InvalidDataException($"--field {unknown.Field} is not a field; those are {string.Join(", ", Known)}.");
        }

        for (var i = 0; i < header.Length; i++)
        {
            if (FieldOf(header[i]) is { } name && fields.TrueForAll(field => field.Field != name))
            {
                fields.Add(FieldTemplate.OfColumn(name, i));
            }
        }

        if (Array.Find(Required, name => fields.TrueForAll(field => field.Field != name)) is { } missing)
        {
            throw new InvalidDataException(
                $"no column is named {missing}; there are {string.Join(", ", header)}. "
                + $"Say where it comes from, such as --field {missing}={{{header.FirstOrDefault()}}}.");
        }

        var used = fields.SelectMany(static field => field.Columns).ToHashSet();
        return new CsvColumns(fields, [.. header.Index().Where(other => !used.Contains(other.Index)).Select(static other => (other.Item, other.Index))]);
    }

    private static string? FieldOf(string column)
    {
        var name = column.Replace("_", "", StringComparison.Ordinal).Trim();
        return Array.Find(Known, field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
