using System.Text.Json;

namespace Marketing.Ingest.Import;

/// <summary>Exposes the values of a JSON object as the cells of a row.</summary>
/// <remarks>Every requested name gets a column, whether or not an object has it.</remarks>
internal sealed class JsonRow : IRow
{
    private readonly List<string> _names = [];
    private JsonElement _object;

    public long Line { get; private set; }

    /// <summary>The column for a name.</summary>
    public int IndexOf(string name)
    {
        var index = _names.IndexOf(name);
        if (index < 0 && !name.Contains(':', StringComparison.Ordinal))
        {
            _names.Add(name);
            index = _names.Count - 1;
        }

        return index;
    }

    /// <summary>Moves to another object.</summary>
    public void Set(JsonElement element, long line) => (_object, Line) = (element, line);

    public string Cell(int column) => Find(_names[column]) is not { } value ? string.Empty : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Null => string.Empty,
        _ => value.GetRawText(),
    };

    /// <summary>The name of a column.</summary>
    public string NameOf(int column) => _names[column];

    private JsonElement? Find(string name)
    {
        if (_object.TryGetProperty(name, out var exact))
        {
            return exact;
        }

        foreach (var property in _object.EnumerateObject())
        {
            if (ColumnName.Same(property.Name, name))
            {
                return property.Value;
            }
        }

        return null;
    }
}
