using System.CommandLine;

namespace Marketing.Evaluation.Commands;

/// <summary>The command line.</summary>
internal static class EvaluationCommand
{
    /// <param name="datasets">The names of the data sets.</param>
    /// <param name="run">Runs the evaluation and returns the exit code.</param>
    public static RootCommand Create(
        IReadOnlyList<string> datasets, Func<EvaluationSettings, CancellationToken, Task<int>> run)
    {
        var dataset = new Argument<string>("dataset") { Description = $"What to measure on: {string.Join(", ", datasets)}." };
        dataset.AcceptOnlyFromAmong([.. datasets]);
        var data = new Option<string>("--data") { Description = "The folder with the data set's files.", Required = true };
        var split = new Option<string?>("--split") { Description = "The file to test on, in the data folder or by its path." };
        var campaign = new Option<string?>("--campaign") { Description = "The campaign of openbandit to measure. Default: men." };
        var strategy = new Option<string[]>("--strategy")
        {
            Description = "A strategy or baseline to measure; may be given several times. Default: all of them.",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object per strategy and subset, one per line." };

        var command = new RootCommand("Measures recommendation strategies offline, with the same pipeline that serves the API.")
        {
            dataset, data, split, campaign, strategy, json,
        };
        command.SetAction((parsed, cancellationToken) => run(
            new EvaluationSettings(
                parsed.GetRequiredValue(dataset),
                parsed.GetRequiredValue(data),
                parsed.GetValue(split),
                parsed.GetValue(strategy) ?? [],
                parsed.GetValue(json),
                parsed.GetValue(campaign)),
            cancellationToken));
        return command;
    }
}
