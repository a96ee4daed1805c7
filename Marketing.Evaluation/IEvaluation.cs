using Marketing.Evaluation.Commands;
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

    /// <summary>Whether the data consists of campaigns, of which <c>--campaign</c> names one, instead of parts that <c>--split</c> names.</summary>
    bool HasCampaigns => false;

    /// <summary>Runs the evaluation.</summary>
    /// <param name="data">The folder of the data set.</param>
    /// <param name="settings">What the command line says.</param>
    /// <param name="strategies">A selection from <see cref="Strategies"/>.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    /// <exception cref="EvaluationException">The data is missing or has the wrong format.</exception>
    Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, EvaluationSettings settings, IReadOnlyList<string> strategies, CancellationToken cancellationToken);
}
