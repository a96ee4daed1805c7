using System.Collections;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Marketing.ServiceDefaults;

/// <summary>The message and values of a log line, without data that must not be logged.</summary>
internal sealed partial class SafeState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Template = "{OriginalFormat}";
    private const string LeftOut = "[left out]";

    // ASP.NET Core logs request data: paths, queries, headers and values that failed to bind. Only these values are its own.
    private static readonly HashSet<string> OwnWords = new(StringComparer.Ordinal)
    {
        "EndpointName", "ConnectionId", "TraceIdentifier", "ParameterName", "ParameterType",
        "address", "addresses", "Address", "EnvName", "contentRoot", "State", "HealthCheckName", "HealthStatus", "HealthCheckDescription",
    };

    // Request line values that are safe because they come from a fixed list.
    private static readonly HashSet<string> KnownValues = new(StringComparer.Ordinal)
    {
        "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "http", "https", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3",
    };

    private readonly KeyValuePair<string, object?>[] _values;
    private readonly string _message;

    private SafeState(KeyValuePair<string, object?>[] values, string message) => (_values, _message) = (values, message);

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <param name="state">The original state of the log line.</param>
    /// <param name="formatter">Formats the message.</param>
    /// <param name="ofRequests">Whether the logger's category quotes requests.</param>
    /// <param name="id">Replaces the message when there is no template to rebuild it from.</param>
    public static SafeState Of<TState>(TState state, Func<TState, Exception?, string> formatter, bool ofRequests, EventId id)
    {
        var values = state is IReadOnlyList<KeyValuePair<string, object?>> list
            ? list.Select(value => KeyValuePair.Create(value.Key, Clean(value.Key, value.Value, ofRequests))).ToArray()
            : [];
        if (!ofRequests)
        {
            return new SafeState(values, LogText.Escape(formatter(state, null)));
        }

        var template = values.FirstOrDefault(static value => value.Key == Template).Value as string;
        return new SafeState(values, template is null ? $"{id.Name ?? "Event"} {id.Id}" : LogText.Escape(Render(template, values)));
    }

    public override string ToString() => _message;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static object? Clean(string name, object? value, bool ofRequests) => value switch
    {
        null => null,
        string text when name == Template => text,
        string text => !ofRequests || OwnWords.Contains(name) ? LogText.Escape(text)
            : text.Length == 0 || KnownValues.Contains(text) ? text : LeftOut,
        IConvertible or TimeSpan or DateTimeOffset or Guid => value,
        _ => !ofRequests || OwnWords.Contains(name) ? LogText.Escape(value.ToString() ?? "") : LeftOut,
    };

    private static string Render(string template, KeyValuePair<string, object?>[] values) => Hole().Replace(template, hole =>
        $"{values.FirstOrDefault(value => value.Key == hole.Groups["name"].Value).Value}");

    [GeneratedRegex(@"\{(?<name>[^{}:,]+)[^{}]*\}")]
    private static partial Regex Hole();
}
