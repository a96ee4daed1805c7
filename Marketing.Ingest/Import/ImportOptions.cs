using System.Security.Cryptography;
using System.Text.Json;

namespace Marketing.Ingest.Import;

/// <summary>The command-line options of an import.</summary>
/// <param name="Files">Files of interactions; <c>-</c> is standard input.</param>
/// <param name="CampaignFiles">Files of campaigns in JSON; read first.</param>
/// <param name="Fields">Field definitions for files with other columns; see <see cref="FieldTemplate"/>.</param>
/// <param name="Format">"csv", "tsv", "ndjson" or "json"; null to detect it from the content.</param>
internal sealed record ImportOptions(
    IReadOnlyList<string> Files, IReadOnlyList<string> CampaignFiles, IReadOnlyList<string> Fields, string? Format)
{
    /// <summary>The number of records that are appended and made durable together.</summary>
    public const int BatchSize = 5_000;

    /// <summary>The separator between cells; null to detect it from the content.</summary>
    public string? Separator { get; init; }

    /// <summary>The columns of files without a header, separated by commas.</summary>
    public string? Columns { get; init; }

    /// <summary>The encoding of the files; null for the one that the byte order mark indicates, else UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>The time format; null to detect it from the first lines of each file.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The time zone for times without an offset; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether to keep ids such as <c>12.0</c> unchanged.</summary>
    public bool KeepDecimals { get; init; }

    /// <summary>A key that is equal exactly for options that read a file in the same way.</summary>
    public string Key()
    {
        List<string?> all = [Format, Separator, Columns, Encoding, TimeFormat, TimeZone, KeepDecimals ? "keep" : null, .. Fields];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)))[..16];
    }
}
