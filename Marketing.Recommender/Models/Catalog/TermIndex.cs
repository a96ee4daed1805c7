using System.Runtime.InteropServices;

namespace Marketing.Recommender.Models.Catalog;

/// <summary>
/// An inverted index over the campaigns' words, with BM25 weights (Robertson and Zaragoza, 2009). Terms are distinct in a
/// text, so that term frequency is 1 and only inverse document frequency and length are left.
/// </summary>
internal sealed class TermIndex
{
    public static readonly TermIndex Empty = new([]);

    // The usual constants of BM25; with a term frequency of 1 they only say how much a long text counts for less.
    private const float K1 = 1.2f;
    private const float B = 0.75f;

    private readonly Dictionary<uint, List<Posting>> _postings = [];
    private readonly int _documents;

    /// <param name="documents">The terms of each campaign, by ordinal.</param>
    public TermIndex(IReadOnlyList<uint[]> documents)
    {
        _documents = documents.Count;
        var averageLength = documents.Count == 0 ? 0 : (float)documents.Average(terms => terms.Length);
        for (var ordinal = 0; ordinal < documents.Count; ordinal++)
        {
            var length = documents[ordinal].Length / Math.Max(averageLength, 1f);
            var weight = (K1 + 1) / (1 + (K1 * (1 - B + (B * length))));
            foreach (var term in documents[ordinal])
            {
                ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
                (postings ??= []).Add(new Posting(ordinal, weight));
            }
        }
    }

    /// <summary>Adds to each campaign the BM25 score of the query, times <paramref name="scale"/>. False when no word matched.</summary>
    public bool AddScores(ReadOnlySpan<uint> query, float scale, Span<float> scores)
    {
        var matched = false;
        foreach (var term in query)
        {
            if (!_postings.TryGetValue(term, out var postings))
            {
                continue;
            }

            matched = true;
            var idf = MathF.Log(1 + ((_documents - postings.Count + 0.5f) / (postings.Count + 0.5f)));
            foreach (var posting in CollectionsMarshal.AsSpan(postings))
            {
                scores[posting.Ordinal] += scale * idf * posting.Weight;
            }
        }

        return matched;
    }

    private readonly record struct Posting(int Ordinal, float Weight);
}
