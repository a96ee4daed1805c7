using System.Globalization;
using Marketing.Ingest.Progress;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Summarizes the rejects for the terminal: the first few, or the one reason that all share.</summary>
internal sealed class RejectSummary
{
    private const int Shown = 5;

    private readonly List<Reject> _first = [];
    private string? _reason;
    private bool _isOneReason = true;
    private long _count;

    /// <summary>Adds rejects in file order.</summary>
    public void Add(IReadOnlyList<Reject> rejects)
    {
        foreach (var reject in rejects)
        {
            _count++;
            if (_first.Count < Shown)
            {
                _first.Add(reject);
            }

            if (_isOneReason)
            {
                var reason = ReasonOf(reject);
                _reason ??= reason;
                _isOneReason = reason == _reason;
            }
        }
    }

    /// <summary>The lines to print.</summary>
    /// <param name="totals">The counts of the whole file.</param>
    public IEnumerable<string> Lines(ImportTotals totals)
    {
        if (_count > 1 && _isOneReason)
        {
            var which = _count == totals.Records ? "every line" : string.Create(CultureInfo.InvariantCulture, $"{_count:N0} lines");
            var places = string.Join(", ", _first.Select(static reject => reject.Line.ToString(CultureInfo.InvariantCulture)));
            yield return $"{which} rejected for the same reason, as on line {_first[0].Line}: {Text(_first[0])}";
            yield return $"lines {places}{(_count > _first.Count ? ", …" : "")}";
            yield break;
        }

        foreach (var reject in _first)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"line {reject.Line}: {Text(reject)}");
        }

        if (_count > _first.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {_count - _first.Count:N0} more");
        }
    }

    private static string Text(Reject reject) =>
        reject.Error.Field.Length == 0 || reject.Error.Message.StartsWith(reject.Error.Field, StringComparison.Ordinal)
            ? reject.Error.Message
            : $"{reject.Error.Field}: {reject.Error.Message}";

    /// <summary>The reason without positions and sizes, so that rejects of the same kind compare equal.</summary>
    private static string ReasonOf(Reject reject) =>
        $"{reject.Error.Field}: {string.Join(' ', reject.Error.Message.Split(' ').Where(static word => !word.Any(char.IsAsciiDigit)))}";
}

/// <summary>An invalid record.</summary>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Error">The field, and what would be valid.</param>
/// <param name="Json">The record, for the dead letter; may contain personal data. Null when it cannot be read as JSON.</param>
internal sealed record Reject(long Line, FieldError Error, string? Json);
