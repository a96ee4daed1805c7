namespace Marketing.Evaluation.Commands;

/// <summary>The command-line settings.</summary>
/// <param name="Dataset">The name of the data set.</param>
/// <param name="Data">The folder with its files.</param>
/// <param name="Split">The file to test on; null for the default of the data set.</param>
/// <param name="Strategies">The strategies to measure; empty for all.</param>
/// <param name="Json">Whether to print NDJSON instead of a table.</param>
/// <param name="Campaign">The campaign of a data set that has several; null for its default.</param>
internal sealed record EvaluationSettings(
    string Dataset, string Data, string? Split, IReadOnlyList<string> Strategies, bool Json, string? Campaign = null);
