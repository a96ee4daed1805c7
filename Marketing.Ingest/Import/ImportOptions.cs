using System.Security.Cryptography;
using System.Text.Json;

namespace Marketing.Ingest.Import;

/// <summary>What an import was asked for.</summary>
/// <param name="Files">Files of interactions; <c>-</c> is standard input.</param>
/// <param name="CampaignFiles">Files of campaigns as JSON; read first.</param>
/// <param name="Fields">Where fields come from in files with other columns; see <see cref="FieldTemplate"/>.</param>
/// <param name="Format">"csv", "tsv", "ndjson" or "json"; null: by each file's content.</param>
internal sealed record ImportOptions(
    IReadOnlyList<string> Files, IReadOnlyList<string> CampaignFiles, IReadOnlyList<string> Fields, string? Format)
{
    /// <summary>Records that are appended, and made durable, in one step.</summary>
    public const int BatchSize = 5_000;

    /// <summary>What is between two cells; null: by each file's content.</summary>
    public string? Separator { get; init; }

    /// <summary>The columns of files without a header, with commas between them.</summary>
    public string? Columns { get; init; }

    /// <summary>The encoding of the files; null: as each begins, or UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>How times are written; null: by each file's first lines.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Whose clock shows times without an offset; null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether ids such as <c>12.0</c> stay as they are.</summary>
    public bool KeepDecimals { get; init; }

    /// <summary>The same for options that read a file in the same way, and for no others.</summary>
    public string Key()
    {
        List<string?> all = [Format, Separator, Columns, Encoding, TimeFormat, TimeZone, KeepDecimals ? "keep" : null, .. Fields];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)))[..16];
    }
}
