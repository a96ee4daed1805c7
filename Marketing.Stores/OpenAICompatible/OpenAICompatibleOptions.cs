using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.OpenAICompatible;

/// <summary>
/// Settings of an embedder with OpenAI's API (<c>POST embeddings</c>): OpenAI itself or a self-hosted server. Section <c>OpenAI</c>;
/// used when <see cref="Model"/> is set.
/// </summary>
public sealed record OpenAICompatibleOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "OpenAI";

    /// <summary>The embedding model, as the server names it.</summary>
    [Required]
    public string Model { get; init; } = string.Empty;

    /// <summary>The API's address, including its version.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("https://api.openai.com/v1");

    /// <summary>The API key, for servers that require one; sent as a header, never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The number of components of a vector; a response with another number is an error.</summary>
    [Range(8, 16_384)]
    public int Dimensions { get; init; } = 768;

    /// <summary>Whether to send <see cref="Dimensions"/>; false for servers that reject the field.</summary>
    public bool SendDimensions { get; init; } = true;

    /// <summary>The maximum number of texts per request.</summary>
    [Range(1, 2_048)]
    public int BatchSize { get; init; } = 100;

    /// <summary>The number of retries after a 429, a 5xx or a broken connection; a <c>Retry-After</c> is honored.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 5;

    /// <summary>The timeout of one attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
