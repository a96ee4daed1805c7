namespace Marketing.Stores.Embedding;

/// <summary>Settings of the local model, used when no other embedder is configured; section <c>Embedding</c>.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Embedding";

    /// <summary>
    /// The folder of a custom model: <c>model.safetensors</c>, <c>vocab.txt</c>, and <c>SHA256SUMS</c> with the digests of both, as
    /// <c>sha256sum</c> writes them. Not set: the model shipped with the product.
    /// </summary>
    public string? ModelDirectory { get; init; }

    /// <summary>Whether to check the digests at startup; set it to false for a model in development.</summary>
    public bool VerifyModel { get; init; } = true;
}
