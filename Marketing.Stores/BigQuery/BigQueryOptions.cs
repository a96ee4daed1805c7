using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.BigQuery;

/// <summary>Settings of the engagement table in BigQuery, section <c>BigQuery</c>.</summary>
public sealed record BigQueryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "BigQuery";

    /// <summary>The table; created when it is missing.</summary>
    [Required, RegularExpression("[A-Za-z_][A-Za-z0-9_]{0,255}")]
    public string Table { get; init; } = "engagement_facts";

    /// <summary>The limit of billed bytes per query; a query above it fails.</summary>
    [Range(10_485_760, long.MaxValue)]
    public long MaximumBytesBilled { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>The number of rows per streaming request.</summary>
    [Range(1, 10_000)]
    public int RowsPerRequest { get; init; } = 500;

    /// <summary>How long counts are cached in memory, because every query is billed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The timeout of one request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
