using System.Globalization;
using System.Text;
using CsvHelper;

namespace Marketing.Ingest.Import;

/// <summary>
/// Where a field comes from when a CSV file has other columns than ours: <c>userId=household-{household_id}</c>.
/// <c>{line}</c> is the line's number. A field whose columns are all empty is left out.
/// </summary>
internal sealed class FieldTemplate
{
    private const string LineColumn = "line";
    private const int NoColumn = -1;
    private const int LineNumber = -2;

    private readonly List<(string Literal, int Column)> _parts = [];
    private readonly StringBuilder _value = new();

    private FieldTemplate(string field) => Field = field;

    /// <summary>The field that is filled.</summary>
    public string Field { get; }

    /// <summary>The columns it is filled from.</summary>
    public IEnumerable<int> Columns => _parts.Select(static part => part.Column).Where(static column => column >= 0);

    /// <summary>A field that is one column as it is.</summary>
    public static FieldTemplate OfColumn(string field, int column) => new(field) { _parts = { (string.Empty, column) } };

    /// <summary>Reads <c>field=text with {columns}</c>.</summary>
    /// <exception cref="InvalidDataException">A column is not in the file.</exception>
    public static FieldTemplate Parse(string definition, string[] header)
    {
        if (definition.Split('=', 2) is not [var field, var rest])
        {
            throw new InvalidDataException($"--field {definition} must be NAME=VALUE, such as userId=household-{{household_id}}.");
        }

        var template = new FieldTemplate(field);
        for (var open = rest.IndexOf('{', StringComparison.Ordinal); open >= 0; open = rest.IndexOf('{', StringComparison.Ordinal))
        {
            var close = rest.IndexOf('}', open);
            close = close < 0 ? rest.Length : close;
            template._parts.Add((rest[..open], IndexOf(rest[(open + 1)..close], header)));
            rest = rest[Math.Min(close + 1, rest.Length)..];
        }

        if (rest.Length > 0)
        {
            template._parts.Add((rest, NoColumn));
        }

        return template;
    }

    /// <summary>The field's value in the present row; empty when it has none. Valid until the next one.</summary>
    public string Fill(CsvReader row, long line)
    {
        if (_parts is [("", >= 0 and var only)])
        {
            return only < row.FieldCount ? row.GetString(only) : string.Empty;
        }

        var (asked, found) = (false, false);
        _value.Clear();
        foreach (var (literal, column) in _parts)
        {
            _value.Append(literal);
            if (column == LineNumber)
            {
                _value.Append(CultureInfo.InvariantCulture, $"{line}");
            }
            else if (column >= 0)
            {
                var part = column < row.FieldCount ? row.GetString(column) : string.Empty;
                asked = true;
                found |= part.Length > 0;
                _value.Append(part);
            }
        }

        return asked && !found ? string.Empty : _value.ToString();
    }

    private static int IndexOf(string column, string[] header)
    {
        var index = Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index
            : column == LineColumn ? LineNumber
            : throw new InvalidDataException($"There is no column {column}; the file has {string.Join(", ", header)}.");
    }
}
