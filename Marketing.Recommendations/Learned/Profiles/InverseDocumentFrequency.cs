namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// Inverse document frequency (Spärck Jones, 1972): a word's weight follows from how few use it. A document is one training
/// example. While there are few examples, campaign texts stand in, together for at most <see cref="TextUsers"/> of them.
/// </summary>
internal sealed class InverseDocumentFrequency
{
    private const float TextUsers = 200;

    /// <summary>In a message in the shop's language most single words and fewer pairs are known; in another language hardly any.</summary>
    private const float KnownShare = 0.15f;

    private readonly Dictionary<uint, float> _idf;
    private readonly float _unseenIdf;

    /// <param name="counts">Number of training examples with each term.</param>
    /// <param name="users">Number of training examples.</param>
    /// <param name="texts">The terms of each campaign's text.</param>
    public InverseDocumentFrequency(IReadOnlyDictionary<uint, int> counts, int users, IReadOnlyList<uint[]> texts)
    {
        var share = Math.Min(1, TextUsers / Math.Max(1, texts.Count));
        var documents = 1 + users + (share * texts.Count);
        var written = texts.SelectMany(static terms => terms).CountBy(static term => term).ToDictionary();
        _unseenIdf = MathF.Log(documents / 1.5f);
        _idf = [];
        foreach (var (term, count) in counts)
        {
            Keep(term, count + (share * written.GetValueOrDefault(term)));
        }

        foreach (var (term, count) in written)
        {
            if (!counts.ContainsKey(term))
            {
                Keep(term, share * count);
            }
        }

        // A term seen once weighs the same as an unseen one. Most of a vocabulary is seen once, so it is not stored.
        void Keep(uint term, float count)
        {
            if (count > 1)
            {
                _idf[term] = MathF.Max(0, MathF.Log(documents / (count + 0.5f)));
            }
            else if (written.ContainsKey(term))
            {
                _idf[term] = _unseenIdf;
            }
        }
    }

    /// <summary>Whether enough of the terms are used by several people or by campaign texts to judge a message by its words.</summary>
    /// <remarks>Terms are weighted by squared rarity, because a few common short words say nothing about the rest.</remarks>
    public bool Knows(ReadOnlySpan<uint> terms)
    {
        float known = 0, all = 0;
        foreach (var term in terms)
        {
            var isKnown = _idf.TryGetValue(term, out var idf);
            var told = isKnown ? idf * idf : _unseenIdf * _unseenIdf;
            known += isKnown ? told : 0;
            all += told;
        }

        return known > 0 && known >= KnownShare * all;
    }

    /// <summary>Returns a term's weight, 0 or more.</summary>
    public float Of(uint term) => _idf.TryGetValue(term, out var idf) ? idf : _unseenIdf;
}
