using System.Runtime.InteropServices;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>A sparse vector over terms, to add up.</summary>
internal sealed class TermVector
{
    private readonly Dictionary<uint, float> _weights = [];

    public IReadOnlyDictionary<uint, float> Weights => _weights;

    /// <summary>Adds terms, each weighted by its rarity, as a vector of the given length.</summary>
    /// <param name="terms">Distinct terms with what each counts.</param>
    /// <param name="idf">Of the terms.</param>
    /// <param name="length">Euclidean length of what is added.</param>
    public void Add(ReadOnlySpan<(uint Term, float Weight)> terms, InverseDocumentFrequency idf, float length)
    {
        var squares = 0f;
        foreach (var (term, weight) in terms)
        {
            var value = weight * idf.Of(term);
            squares += value * value;
        }

        if (squares == 0)
        {
            return;
        }

        var scale = length / MathF.Sqrt(squares);
        foreach (var (term, weight) in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_weights, term, out _) += scale * weight * idf.Of(term);
        }
    }

    /// <summary>Adds another vector.</summary>
    public void Add(TermVector other)
    {
        foreach (var (term, weight) in other._weights)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_weights, term, out _) += weight;
        }
    }

    /// <summary>Keeps the terms that weigh most; the others are forgotten.</summary>
    public void Prune(int max)
    {
        if (_weights.Count <= max)
        {
            return;
        }

        var least = _weights.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Skip(max).ToList();
        foreach (var (term, _) in least)
        {
            _weights.Remove(term);
        }
    }
}
