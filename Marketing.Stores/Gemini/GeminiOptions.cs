using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.Gemini;

/// <summary>Settings of the Gemini embeddings, section <c>Gemini</c>. Gemini is used when <see cref="ApiKey"/> is set.</summary>
public sealed record GeminiOptions
{
    /// <summary>The section these are bound from.</summary>
    public const string Section = "Gemini";

    /// <summary>The API key. Sent as a header, never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Address of the API, up to and including its version.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("https://generativelanguage.googleapis.com/v1beta/");

    /// <summary>The embedding model.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]+")]
    public string Model { get; init; } = "gemini-embedding-001";

    /// <summary>Components asked for. The model gives unit vectors at 3,072 only; shorter ones are normalised here.</summary>
    [Range(128, 3072)]
    public int Dimensions { get; init; } = 768;

    /// <summary>What the vectors are for, in the API's words.</summary>
    [RegularExpression("SEMANTIC_SIMILARITY|RETRIEVAL_QUERY|RETRIEVAL_DOCUMENT|CLASSIFICATION|CLUSTERING")]
    public string TaskType { get; init; } = "SEMANTIC_SIMILARITY";

    /// <summary>Texts a request; the API takes at most 100.</summary>
    [Range(1, 100)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Tokens a minute that the key may spend; requests wait for their share.</summary>
    [Range(1_000, int.MaxValue)]
    public int TokensPerMinute { get; init; } = 1_000_000;

    /// <summary>How often a request is sent again after a 429, a 5xx or a broken connection.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 5;

    /// <summary>Time one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
