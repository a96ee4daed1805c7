using Marketing.Evaluation.Data;
using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation;

/// <summary>A way of measuring, by the name of its data set.</summary>
internal interface IEvaluation
{
    /// <summary>The data set's name on the command line.</summary>
    string Name { get; }

    /// <summary>What can be measured: strategies, then baselines.</summary>
    IReadOnlyList<string> Strategies { get; }

    /// <summary>Measures.</summary>
    /// <param name="data">Where the data set is.</param>
    /// <param name="split">The file to test on; null: the data set's own default.</param>
    /// <param name="strategies">Some of <see cref="Strategies"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EvaluationException">The data is missing or is not in the format.</exception>
    Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, string? split, IReadOnlyList<string> strategies, CancellationToken cancellationToken);
}
