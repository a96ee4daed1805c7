using System.Text;
using Marketing.Domain.Text;
using Microsoft.Extensions.AI;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Embeds text with the static model shipped with the product, without network or key, and with the same vector for a text on every
/// machine. Safe for concurrent use. A short text takes about a microsecond, so a cache does not pay.
/// </summary>
public sealed class StaticEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The number of tokens read from a text, as with the model's teacher.</summary>
    private const int MaxTokens = 512;

    private const string ModelFile = "model.safetensors";
    private const string VocabularyFile = "vocab.txt";

    private readonly StaticModel _model;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly EmbeddingGeneratorMetadata _metadata;

    private StaticEmbeddingGenerator(StaticModel model, WordPieceTokenizer tokenizer)
    {
        _model = model;
        _tokenizer = tokenizer;
        _metadata = new EmbeddingGeneratorMetadata("marketing-static", null, model.Name, model.Dimensions);
    }

    /// <summary>Name and version of the model, such as <c>marketing-static-256@1</c>.</summary>
    public string ModelName => _model.Name;

    /// <summary>The number of components of a vector.</summary>
    public int Dimensions => _model.Dimensions;

    /// <summary>Loads <c>model.safetensors</c> and <c>vocab.txt</c> from a folder, by default the model beside the program.</summary>
    /// <param name="folder">The folder of a custom model.</param>
    /// <param name="verify">Whether to check the files' digests, which takes some 10 ms.</param>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or the wrong one, or the two are of different models.</exception>
    public static StaticEmbeddingGenerator Load(string? folder = null, bool verify = true)
    {
        var digests = !verify ? null
            : folder is null ? ModelDigests.Shipped()
            : ModelDigests.Of(folder) ?? throw new InvalidDataException(
                $"{folder} has no {ModelDigests.FileName}; make it with \"sha256sum {ModelFile} {VocabularyFile} > {ModelDigests.FileName}\", or set Embedding:VerifyModel to false.");
        folder ??= Path.Combine(AppContext.BaseDirectory, "models", "marketing-static-256");
        string vocabulary = Encoding.UTF8.GetString(ReadVerified(folder, VocabularyFile, digests)).TrimEnd();
        int tokens = vocabulary.Count('\n') + 1;
        var model = StaticModel.Read(ReadVerified(folder, ModelFile, digests), ModelFile);
        return tokens == model.Tokens
            ? new StaticEmbeddingGenerator(model, new WordPieceTokenizer(new StringReader(vocabulary)))
            : throw new InvalidDataException($"The vocabulary has {tokens} tokens, but the model has {model.Tokens}.");
    }

    private static byte[] ReadVerified(string folder, string name, ModelDigests? digests)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(folder, name));
        digests?.Verify(name, content);
        return content;
    }

    /// <summary>Embeds one text.</summary>
    /// <returns>A vector of unit length; zero when the text contains no token.</returns>
    public float[] Embed(string text)
    {
        float[] vector = new float[_model.Dimensions];
        text = PlainText.Of(text);
        if (!VocabularyText.Covers(text))
        {
            var covered = new StringBuilder(text.Length);
            VocabularyText.Split(text, covered, vector);
            text = covered.ToString();
        }

        _model.Embed(_tokenizer.Encode(text, stackalloc long[WordPieceTokenizer.Room(text, MaxTokens)]), vector);
        return vector;
    }

    /// <inheritdoc />
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (string value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value)) { ModelId = _model.Name });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // There are only arrays to release.
    }
}
