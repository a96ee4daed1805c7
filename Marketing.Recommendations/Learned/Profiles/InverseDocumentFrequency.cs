namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// Inverse document frequency (Spärck Jones, 1972): what a word tells, by how few say it. A document is all that one user said. While
/// few have said anything the campaigns' texts stand in, all of them together for <see cref="TextUsers"/> users at most.
/// </summary>
internal sealed class InverseDocumentFrequency
{
    private const float TextUsers = 200;

    /// <summary>Of a message in the shop's language most single words are known and the fewer pairs; of another's hardly any of either.</summary>
    private const float KnownShare = 0.15f;

    private readonly Dictionary<uint, float> _idf;
    private readonly float _unseenIdf;

    /// <param name="counts">How many users said each term.</param>
    /// <param name="users">How many users said anything.</param>
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

        // What was said once is as rare as what was never said: most of a vocabulary is, and need not be kept.
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

    /// <summary>Whether so many of the terms are used by several people or by campaigns that what they say can be judged by its words.</summary>
    /// <remarks>By how much each tells: that a few little words are common says nothing of the others.</remarks>
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

    /// <summary>The weight of a term, 0 or more.</summary>
    public float Of(uint term) => _idf.TryGetValue(term, out var idf) ? idf : _unseenIdf;
}
