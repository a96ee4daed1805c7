using System.Globalization;
using System.Text;

namespace Marketing.Ingest.Import;

/// <summary>
/// Fills a field from the columns of a file: <c>userId=household-{household_id}</c>, <c>type={event:transaction=convert,addtocart=click}</c>.
/// <c>{line}</c> is the line's number. A field whose columns are all empty is left out.
/// </summary>
internal sealed class FieldTemplate
{
    private const string LineColumn = "line";
    private const int NoColumn = -1;
    private const int LineNumber = -2;

    private readonly List<(string Literal, int Column, ValueMap? Map)> _parts = [];
    private readonly StringBuilder _value = new();

    private FieldTemplate(string field) => Field = field;

    /// <summary>The field that is filled.</summary>
    public string Field { get; }

    /// <summary>The columns it is filled from.</summary>
    public IEnumerable<int> Columns => _parts.Select(static part => part.Column).Where(static column => column >= 0);

    /// <summary>Those of them whose values are in the field as they are; of one that is mapped the field does not say all.</summary>
    public IEnumerable<int> WholeColumns => _parts.Where(static part => part is { Column: >= 0, Map: null }).Select(static part => part.Column);

    /// <summary>The column that the field is, without a change; -1 when it is more than that.</summary>
    public int OnlyColumn => _parts is [("", >= 0 and var only, null)] && !CutsDecimals ? only : NoColumn;

    /// <summary>Whether <c>12.0</c> means 12: a program took whole numbers for fractions.</summary>
    public bool CutsDecimals { get; set; }

    /// <summary>A field that is one column as it is.</summary>
    public static FieldTemplate OfColumn(string field, int column) => new(field) { _parts = { (string.Empty, column, null) } };

    /// <summary>Finds the columns of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="indexOf">The index of a column; -1 when there is none of that name.</param>
    /// <param name="header">The names there are, for the message.</param>
    /// <exception cref="InvalidDataException">A column is not in the file.</exception>
    public static FieldTemplate Bind(FieldDefinition definition, Func<string, int> indexOf, IReadOnlyList<string> header)
    {
        var template = new FieldTemplate(definition.Field);
        foreach (var (literal, inside) in definition.Parts())
        {
            if (inside is null)
            {
                template._parts.Add((literal, NoColumn, null));
                continue;
            }

            var (column, map) = Find(inside, indexOf);
            template._parts.Add(column != NoColumn
                ? (literal, column, map)
                : throw new InvalidDataException($"there is no column {inside.Split(':')[0]}; the file has {string.Join(", ", header)}."));
        }

        return template;
    }

    /// <summary>The field's value in a row; empty when it has none.</summary>
    public string Fill(IRow row)
    {
        var (asked, found) = (false, false);
        _value.Clear();
        foreach (var (literal, column, map) in _parts)
        {
            _value.Append(literal);
            if (column == LineNumber)
            {
                _value.Append(CultureInfo.InvariantCulture, $"{row.Line}");
            }
            else if (column >= 0)
            {
                var part = CutsDecimals ? WithoutDecimals(row.Cell(column)) : row.Cell(column);
                part = map is null ? part : map[part];
                asked = true;
                found |= part.Length > 0;
                _value.Append(part);
            }
        }

        return asked && !found ? string.Empty : _value.ToString();
    }

    /// <summary>Whether a value is a whole number that is written as a fraction.</summary>
    public static bool HasDecimals(string value) =>
        value.Length > 2 && value.EndsWith(".0", StringComparison.Ordinal) && !value.AsSpan(0, value.Length - 2).ContainsAnyExceptInRange('0', '9');

    private static string WithoutDecimals(string value) => HasDecimals(value) ? value[..^2] : value;

    private static (int Column, ValueMap? Map) Find(string inside, Func<string, int> indexOf)
    {
        var column = indexOf(inside);
        if (column >= 0)
        {
            return (column, null);
        }

        if (inside.Split(':', 2) is [var name, var values] && ValueMap.TryParse(values, out var map))
        {
            return (indexOf(name) is >= 0 and var mapped ? mapped : name == LineColumn ? LineNumber : NoColumn, map);
        }

        return (inside == LineColumn ? LineNumber : NoColumn, null);
    }
}
