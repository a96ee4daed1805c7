using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation.Metrics;

/// <summary>Averages metric values by subset and strategy, in order of first appearance.</summary>
internal sealed class ScoreSheet(string dataset)
{
    private readonly OrderedDictionary<(string Subset, string Strategy), Column> _columns = [];

    /// <summary>Adds one answer.</summary>
    /// <param name="subset">The subset of the question.</param>
    /// <param name="strategy">The strategy that answered.</param>
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
