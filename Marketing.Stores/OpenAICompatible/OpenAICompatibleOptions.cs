using System.ComponentModel.DataAnnotations;

namespace Marketing.Stores.OpenAICompatible;

/// <summary>
/// Settings of an embedder that speaks OpenAI's API (<c>POST embeddings</c>): OpenAI itself, or a server of one's own.
/// Section <c>OpenAI</c>; used when <see cref="Model"/> is set.
/// </summary>
public sealed record OpenAICompatibleOptions
{
    /// <summary>The section these are bound from.</summary>
    public const string Section = "OpenAI";

    /// <summary>The embedding model, as the server names it.</summary>
    [Required]
    public string Model { get; init; } = string.Empty;

    /// <summary>Address of the API, up to and including its version.</summary>
    [Required]
    public Uri Endpoint { get; init; } = new("https://api.openai.com/v1");

    /// <summary>The API key, for servers that ask for one. Sent as a header, never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Components of a vector. An answer with another number is an error.</summary>
    [Range(8, 16_384)]
    public int Dimensions { get; init; } = 768;

    /// <summary>Whether <see cref="Dimensions"/> is asked for; false for servers that refuse the field.</summary>
    public bool SendDimensions { get; init; } = true;

    /// <summary>Most texts a request.</summary>
    [Range(1, 2_048)]
    public int BatchSize { get; init; } = 100;

    /// <summary>How often a request is sent again after a 429, a 5xx or a broken connection; a <c>Retry-After</c> is honoured.</summary>
    [Range(0, 10)]
    public int Retries { get; init; } = 5;

    /// <summary>Time one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
