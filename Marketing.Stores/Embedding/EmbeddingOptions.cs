namespace Marketing.Stores.Embedding;

/// <summary>The model inside the process, used when no other embedder is configured; section <c>Embedding</c>.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Embedding";

    /// <summary>
    /// Folder of a model of your own: <c>model.safetensors</c>, <c>vocab.txt</c>, and <c>SHA256SUMS</c> with the digests of both,
    /// as the tool <c>sha256sum</c> writes them. Not set: the model shipped with the product.
    /// </summary>
    public string? ModelDirectory { get; init; }

    /// <summary>Whether the digests are compared at start; false for a model that is still being worked on.</summary>
    public bool VerifyModel { get; init; } = true;
}
