using Marketing.Evaluation.Data;
using Marketing.Evaluation.Reporting;
using Spectre.Console;

namespace Marketing.Evaluation.Commands;

/// <summary>Runs one evaluation and prints its result.</summary>
/// <remarks>Errors that the user can fix are one sentence on standard error and exit code 1.</remarks>
internal sealed class EvaluationRun(IReadOnlyList<IEvaluation> evaluations, TextWriter output, TextWriter errors)
{
    public async Task<int> RunAsync(EvaluationSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var evaluation = evaluations.Single(one => one.Name == settings.Dataset);
            ThrowUnlessMeant(evaluation, settings);
            var rows = await evaluation.RunAsync(
                new DataFolder(settings.Data), settings, Chosen(evaluation, settings.Strategies), cancellationToken);
            Print(rows, settings.Json);
            return 0;
        }
        catch (Exception exception) when (exception is EvaluationException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <exception cref="EvaluationException">An option would have no effect on this data set.</exception>
    private static void ThrowUnlessMeant(IEvaluation evaluation, EvaluationSettings settings)
    {
        if (evaluation.HasCampaigns ? settings.Split is not null : settings.Campaign is not null)
        {
            throw new EvaluationException($"{evaluation.Name} has no {(evaluation.HasCampaigns ? "--split" : "--campaign")}.");
        }
    }

    private static IReadOnlyList<string> Chosen(IEvaluation evaluation, IReadOnlyList<string> wanted)
    {
        if (wanted.Count == 0)
        {
            return evaluation.Strategies;
        }

        var unknown = wanted.Except(evaluation.Strategies).ToList();
        return unknown.Count == 0
            ? [.. wanted.Distinct()]
            : throw new EvaluationException(
                $"--strategy {unknown[0]} cannot be measured on {evaluation.Name}; it must be one of {string.Join(", ", evaluation.Strategies)}.");
    }

    private void Print(IReadOnlyList<EvaluationRow> rows, bool json)
    {
        if (json)
        {
            JsonReport.Write(rows, output);
        }
        else
        {
            TableReport.Write(rows, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }));
        }
    }
}
