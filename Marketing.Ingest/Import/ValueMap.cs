using System.Diagnostics.CodeAnalysis;

namespace Marketing.Ingest.Import;

/// <summary>Gives other values to those of a column: <c>transaction=convert,addtocart=click,*=view</c>. A value that is not named stays as it is, unless <c>*</c> is.</summary>
internal sealed class ValueMap
{
    private const string Others = "*";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private string? _others;

    private ValueMap()
    {
    }

    /// <summary>Reads <c>from=to,from=to</c>; false when it is none.</summary>
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

    /// <summary>What stands for a value.</summary>
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

    /// <summary>A number without the zeros that one program writes and another does not: 5, 5.0 and 5,00 are one; null when it is none.</summary>
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
