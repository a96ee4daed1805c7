namespace Marketing.Evaluation.Commands;

/// <summary>What the command line asks for.</summary>
/// <param name="Dataset">Which evaluation.</param>
/// <param name="Data">The folder with its files.</param>
/// <param name="Split">The file to test on; null: the data set's own default.</param>
/// <param name="Strategies">What to measure; empty: everything.</param>
/// <param name="Json">Lines of JSON instead of a table.</param>
internal sealed record EvaluationSettings(
    string Dataset, string Data, string? Split, IReadOnlyList<string> Strategies, bool Json);
