using Marketing.Domain.Ports;
using Marketing.Domain.Text;
using Microsoft.Extensions.AI;

namespace Marketing.Stores.Embedding;

/// <summary>
/// Asks a remote model for the <see cref="PlainText"/>, as the shipped one does by itself. A text of which nothing is left has the zero vector,
/// which is near to nothing: no model is asked what nothing means, and most refuse to say.
/// </summary>
internal sealed class PlainTextEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, VectorSpace space)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values.Select(PlainText.Of)];
        string[] asked = [.. texts.Where(text => text.Length > 0)];
        var made = asked.Length > 0 ? await base.GenerateAsync(asked, options, cancellationToken) : [];
        if (made.Count == texts.Length)
        {
            return made;
        }

        int next = 0;
        return [.. texts.Select(text => text.Length > 0 ? made[next++] : new Embedding<float>(new float[space.Dimensions]))];
    }
}
