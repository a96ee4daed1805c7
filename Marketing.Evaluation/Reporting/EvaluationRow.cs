using System.Text.Json.Serialization;

namespace Marketing.Evaluation.Reporting;

/// <summary>The result of one strategy on one subset.</summary>
/// <remarks>Its JSON form is part of the command's contract.</remarks>
/// <param name="Dataset">The name of the data set on the command line.</param>
/// <param name="Subset"><c>all</c>, or a subset that the documentation of the data set defines.</param>
/// <param name="Strategy">A strategy of the product, or a baseline.</param>
/// <param name="N">The number of answers.</param>
/// <param name="Metrics">The mean of each metric, in display order.</param>
internal sealed record EvaluationRow(
    string Dataset, string Subset, string Strategy, int N, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Whether higher metrics are better, so that the table marks the best. Estimates are not scores.</summary>
    [JsonIgnore]
    public bool IsScore { get; init; } = true;
}
