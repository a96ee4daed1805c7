using Marketing.Evaluation.Data;
using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation;

/// <summary>An evaluation on one data set.</summary>
internal interface IEvaluation
{
    /// <summary>The name of the data set on the command line.</summary>
    string Name { get; }

    /// <summary>What can be measured: strategies, then baselines.</summary>
    IReadOnlyList<string> Strategies { get; }

    /// <summary>Runs the evaluation.</summary>
    /// <param name="data">The folder of the data set.</param>
    /// <param name="split">The file to test on; null for the default of the data set.</param>
    /// <param name="strategies">A selection from <see cref="Strategies"/>.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="EvaluationException">The data is missing or has the wrong format.</exception>
    Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, string? split, IReadOnlyList<string> strategies, CancellationToken cancellationToken);
}
