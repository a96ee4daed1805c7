using System.Numerics.Tensors;
using Marketing.Domain.Text;

namespace Marketing.Evaluation.Intents;

/// <summary>Returns the intent of the nearest labeled text.</summary>
/// <remarks>
/// The similarity is a weighted sum of the cosine of the embeddings and the cosine of the terms weighted by inverse document frequency.
/// As a sum of two inner products, it needs only one pass.
/// </remarks>
internal sealed class IntentClassifier
{
    private readonly IReadOnlyList<LabelledText> _texts;
    private readonly float[][] _vectors;
    private readonly float _termShare;
    private readonly Dictionary<uint, float> _rarity = [];
    private readonly Dictionary<uint, List<(int Text, float Weight)>> _postings = [];

    /// <param name="texts">The labeled texts.</param>
    /// <param name="vectors">The unit vector of each text.</param>
    /// <param name="termShare">The weight of the terms in the similarity, from 0 (embedding alone) to 1.</param>
    public IntentClassifier(IReadOnlyList<LabelledText> texts, float[][] vectors, float termShare)
    {
        _texts = texts;
        _vectors = vectors;
        _termShare = termShare;
        if (termShare == 0)
        {
            return;
        }

        uint[][] terms = [.. texts.Select(text => TextTerms.Of(text.Text))];
        foreach (var (term, count) in terms.SelectMany(term => term).CountBy(term => term))
        {
            _rarity[term] = MathF.Log((texts.Count + 1f) / (count + 0.5f));
            _postings[term] = [];
        }

        foreach (var (index, own) in terms.Index())
        {
            foreach (var (term, weight) in Weighted(own))
            {
                _postings[term].Add((index, weight));
            }
        }
    }

    public string Classify(string text, ReadOnlySpan<float> vector)
    {
        var similarities = new float[_texts.Count];
        for (var i = 0; i < similarities.Length; i++)
        {
            similarities[i] = (1 - _termShare) * TensorPrimitives.Dot(vector, _vectors[i]);
        }

        if (_termShare > 0)
        {
            foreach (var (term, weight) in Weighted(TextTerms.Of(text)))
            {
                foreach (var posting in _postings[term])
                {
                    similarities[posting.Text] += _termShare * weight * posting.Weight;
                }
            }
        }

        return _texts[TensorPrimitives.IndexOfMax(similarities)].Intent;
    }

    /// <summary>The known terms as a unit vector.</summary>
    private List<(uint Term, float Weight)> Weighted(uint[] terms)
    {
        List<(uint Term, float Weight)> weighted = [.. terms.Where(_rarity.ContainsKey).Select(term => (term, _rarity[term]))];
        var length = MathF.Sqrt(weighted.Sum(entry => entry.Weight * entry.Weight));
        return [.. weighted.Select(entry => (entry.Term, entry.Weight / length))];
    }
}
