using System.Runtime.InteropServices;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>A sparse, mutable vector over terms.</summary>
internal sealed class TermVector
{
    private readonly Dictionary<uint, float> _weights = [];

    public IReadOnlyDictionary<uint, float> Weights => _weights;

    /// <summary>Adds terms, weighted by rarity and scaled to the given length.</summary>
    /// <param name="terms">Distinct terms and their weights.</param>
    /// <param name="idf">The rarity of the terms.</param>
    /// <param name="length">Euclidean length of the added vector.</param>
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

    /// <summary>Keeps only the highest-weighted terms.</summary>
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
