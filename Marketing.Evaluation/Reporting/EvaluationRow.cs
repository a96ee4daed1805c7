namespace Marketing.Evaluation.Reporting;

/// <summary>What one strategy reached on one subset. Its JSON form is part of the command's contract.</summary>
/// <param name="Dataset">As named on the command line.</param>
/// <param name="Subset"><c>all</c>, or what the data set's page in the documentation defines.</param>
/// <param name="Strategy">A strategy of the product or a baseline.</param>
/// <param name="N">How many answers were counted.</param>
/// <param name="Metrics">Mean of each metric, in the order they are shown.</param>
internal sealed record EvaluationRow(
    string Dataset, string Subset, string Strategy, int N, IReadOnlyDictionary<string, double> Metrics);
