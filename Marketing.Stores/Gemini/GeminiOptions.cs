using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Gemini;

/// <summary>Settings of the Gemini embeddings, section <c>Gemini</c>. Gemini is used when <see cref="ApiKey"/> is set.</summary>
public sealed record GeminiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gemini";

    /// <summary>The API key; sent as a header, never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The API's address, including its version.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("https://generativelanguage.googleapis.com/v1beta/");

    /// <summary>The embedding model.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]+")]
    public string Model { get; init; } = "gemini-embedding-001";

    /// <summary>The requested number of components. The model returns unit vectors only at 3,072; others are normalized here.</summary>
    [Range(128, 3072)]
    public int Dimensions { get; init; } = 768;

    /// <summary>The API's task type, which says what the vectors are for.</summary>
    [RegularExpression("SEMANTIC_SIMILARITY|RETRIEVAL_QUERY|RETRIEVAL_DOCUMENT|CLASSIFICATION|CLUSTERING")]
    public string TaskType { get; init; } = "SEMANTIC_SIMILARITY";

    /// <summary>The number of texts per request; the API accepts at most 100.</summary>
    [Range(1, 100)]
    public int BatchSize { get; init; } = 100;

    /// <summary>The key's token budget per minute; requests wait for their share.</summary>
    [Range(1_000, int.MaxValue)]
    public int TokensPerMinute { get; init; } = 1_000_000;

    /// <summary>The number of retries after a 429, a 5xx or a broken connection.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 5;

    /// <summary>The timeout of one attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
