namespace Marketing.Ingest.Import;

/// <summary>What an import was asked for.</summary>
/// <param name="Files">Files of interactions; <c>-</c> is standard input.</param>
/// <param name="CampaignFiles">Files of campaigns, NDJSON; read first.</param>
/// <param name="Fields">Where fields come from in CSV files with other columns; see <see cref="FieldTemplate"/>.</param>
/// <param name="Format">"csv" or "ndjson"; null: by each file's name.</param>
internal sealed record ImportOptions(
    IReadOnlyList<string> Files, IReadOnlyList<string> CampaignFiles, IReadOnlyList<string> Fields, string? Format)
{
    /// <summary>Records that are appended, and made durable, in one step.</summary>
    public const int BatchSize = 5_000;
}
