using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation.Metrics;

/// <summary>Adds up values a subset and strategy, in the order in which they first appear, and gives their means.</summary>
internal sealed class ScoreSheet(string dataset)
{
    private readonly OrderedDictionary<(string Subset, string Strategy), Column> _columns = [];

    /// <summary>Counts one answer.</summary>
    /// <param name="subset">Of the questions.</param>
    /// <param name="strategy">That answered.</param>
    /// <param name="values">Each metric's name and value; the same names in the same order every time.</param>
    public void Add(string subset, string strategy, IEnumerable<(string Metric, double Value)> values)
    {
        if (!_columns.TryGetValue((subset, strategy), out var column))
        {
            _columns.Add((subset, strategy), column = new Column());
        }

        column.Count++;
        foreach (var (metric, value) in values)
        {
            column.Sums[metric] = column.Sums.GetValueOrDefault(metric) + value;
        }
    }

    /// <summary>The means so far.</summary>
    public IReadOnlyList<EvaluationRow> Rows() =>
    [
        .. _columns.Select(entry => new EvaluationRow(
            dataset,
            entry.Key.Subset,
            entry.Key.Strategy,
            entry.Value.Count,
            new OrderedDictionary<string, double>(entry.Value.Sums.Select(sum =>
                KeyValuePair.Create(sum.Key, sum.Value / entry.Value.Count))))),
    ];

    private sealed class Column
    {
        public int Count { get; set; }

        public OrderedDictionary<string, double> Sums { get; } = [];
    }
}
