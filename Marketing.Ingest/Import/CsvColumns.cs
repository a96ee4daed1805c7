namespace Marketing.Ingest.Import;

/// <summary>Maps the columns of a file to the fields and properties of an interaction.</summary>
/// <param name="Fields">The fields that the file contains.</param>
/// <param name="Properties">All other columns.</param>
/// <param name="Notes">Notes for the user about the mapping.</param>
internal sealed record CsvColumns(
    IReadOnlyList<FieldTemplate> Fields, IReadOnlyList<(string Name, int Column)> Properties, IReadOnlyList<string> Notes)
{
    private static readonly string[] Required = ["userId", "type"];
    private static readonly string[] LikeTimes = ["TIMESTAMP", "TIME", "DATE", "DATETIME", "TS", "CREATEDAT", "EVENTTIME", "EVENTTIMESTAMP"];

    /// <summary>Maps each column named like a field to that field, unless a definition fills it.</summary>
    /// <exception cref="InvalidDataException">A required field is missing.</exception>
    public static CsvColumns Find(IReadOnlyList<string> header, IReadOnlyList<FieldDefinition> definitions)
    {
        var notes = new List<string>();
        var names = Names(header, notes);
        var fields = definitions.Select(definition => FieldTemplate.Bind(definition, name => ColumnName.IndexOf(name, header), header)).ToList();
        foreach (var known in FieldDefinition.Known)
        {
            if (fields.TrueForAll(field => field.Field != known) && ColumnName.IndexOf(known, header) is >= 0 and var column)
            {
                fields.Add(FieldTemplate.OfColumn(known, column));
            }
        }

        if (Array.Find(Required, name => fields.TrueForAll(field => field.Field != name)) is { } missing)
        {
            throw new InvalidDataException(
                $"no column is named {missing}; the columns are {string.Join(", ", names)}. "
                + $"Map a column to it, such as --field {missing}={{{names[0]}}}. If the first line is not a header, name the columns with --columns.");
        }

        if (fields.TrueForAll(static field => field.Field != "occurredAt"))
        {
            var like = names.FirstOrDefault(name => LikeTimes.Contains(ColumnName.Key(name)));
            notes.Add($"no column is named occurredAt, so every interaction gets the time at which the import began; map a column with --field 'occurredAt={{{like ?? "COLUMN"}}}'");
        }

        var used = fields.SelectMany(static field => field.WholeColumns).ToHashSet();
        return new CsvColumns(fields, [.. names.Index().Where(other => !used.Contains(other.Index)).Select(static other => (other.Item, other.Index))], notes);
    }

    /// <summary>Makes column names unique, because properties with the same name would replace each other.</summary>
    private static List<string> Names(IReadOnlyList<string> header, List<string> notes)
    {
        var names = new List<string>(header.Count);
        foreach (var (index, column) in header.Index())
        {
            var wanted = column.Length > 0 ? column : $"column{index + 1}";
            var name = wanted;
            for (var i = 2; names.Contains(name); i++)
            {
                name = $"{wanted}_{i}";
            }

            if (name != wanted)
            {
                notes.Add($"more than one column is named {wanted}; the next one becomes the property {name}");
            }

            names.Add(name);
        }

        return names;
    }
}
