using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.BigQuery;

/// <summary>Settings of the engagement table in BigQuery, section <c>BigQuery</c>.</summary>
public sealed record BigQueryOptions
{
    /// <summary>The section these are bound from.</summary>
    public const string Section = "BigQuery";

    /// <summary>The table; made when it is not there.</summary>
    [Required, RegularExpression("[A-Za-z_][A-Za-z0-9_]{0,255}")]
    public string Table { get; init; } = "engagement_facts";

    /// <summary>A query that would bill more bytes than this fails instead.</summary>
    [Range(10_485_760, long.MaxValue)]
    public long MaximumBytesBilled { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Rows a streaming request.</summary>
    [Range(1, 10_000)]
    public int RowsPerRequest { get; init; } = 500;

    /// <summary>How long counts are answered from memory: every query is paid for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
