using System.Diagnostics.CodeAnalysis;

namespace Marketing.Ingest.Import;

/// <summary>Maps the values of a column: <c>transaction=convert,addtocart=click,*=view</c>.</summary>
/// <remarks>An unlisted value maps to that of <c>*</c>, else to itself.</remarks>
internal sealed class ValueMap
{
    private const string Others = "*";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private string? _others;

    private ValueMap()
    {
    }

    /// <summary>Parses <c>from=to,from=to</c>; false when the text is not a map.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ValueMap? map)
    {
        map = new ValueMap();
        foreach (var pair in text.Split(','))
        {
            if (pair.Split('=', 2) is not [var from, var to])
            {
                map = null;
                return false;
            }

            map.Add(from.Trim(), to.Trim());
        }

        return true;
    }

    /// <summary>The mapped value.</summary>
    public string this[string value] =>
        _values.TryGetValue(value, out var to) || (_numbers.Count > 0 && Number(value) is { } number && _numbers.TryGetValue(number, out to))
            ? to
            : _others ?? value;

    private void Add(string from, string to)
    {
        if (from == Others)
        {
            _others = to;
            return;
        }

        _values[from] = to;
        if (Number(from) is { } number)
        {
            _numbers.TryAdd(number, to);
        }
    }

    /// <summary>Normalizes a number, so that 5, 5.0 and 5,00 are equal; null when the value is not a number.</summary>
    private static string? Number(string value)
    {
        var point = value.AsSpan().IndexOfAny('.', ',');
        var whole = point < 0 ? value : value[..point];
        var fraction = point < 0 ? string.Empty : value[(point + 1)..].TrimEnd('0');
        return whole.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9') || fraction.AsSpan().ContainsAnyExceptInRange('0', '9') || whole.Length == 0
            ? null
            : fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }
}
