using System.Globalization;
using System.Text;

namespace Marketing.Ingest.Import;

/// <summary>
/// Fills a field from the columns of a file: <c>userId=household-{household_id}</c>,
/// <c>type={event:transaction=convert,addtocart=click}</c>.
/// </summary>
/// <remarks><c>{line}</c> is the line number. The field is omitted when all its columns are empty.</remarks>
internal sealed class FieldTemplate
{
    private const string LineColumn = "line";
    private const int NoColumn = -1;
    private const int LineNumber = -2;

    private readonly List<(string Literal, int Column, ValueMap? Map)> _parts = [];
    private readonly StringBuilder _value = new();

    private FieldTemplate(string field) => Field = field;

    /// <summary>The field to fill.</summary>
    public string Field { get; }

    /// <summary>The columns that the field uses.</summary>
    public IEnumerable<int> Columns => _parts.Select(static part => part.Column).Where(static column => column >= 0);

    /// <summary>The columns whose values the field contains unchanged.</summary>
    /// <remarks>A mapped column is not among them, because mapping loses information.</remarks>
    public IEnumerable<int> WholeColumns => _parts.Where(static part => part is { Column: >= 0, Map: null }).Select(static part => part.Column);

    /// <summary>The column that the field copies unchanged; -1 when there is no such column.</summary>
    public int OnlyColumn => _parts is [("", >= 0 and var only, null)] && !CutsDecimals ? only : NoColumn;

    /// <summary>Whether <c>12.0</c> means 12, because a program exported whole numbers as decimals.</summary>
    public bool CutsDecimals { get; set; }

    /// <summary>A field that copies one column.</summary>
    public static FieldTemplate OfColumn(string field, int column) => new(field) { _parts = { (string.Empty, column, null) } };

    /// <summary>Resolves the columns of a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="indexOf">Returns the index of a column; -1 when there is none.</param>
    /// <param name="header">The available names, for the error message.</param>
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

    /// <summary>The value of the field in a row; empty when it has none.</summary>
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

    /// <summary>Whether a value is a whole number written with a decimal point.</summary>
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
