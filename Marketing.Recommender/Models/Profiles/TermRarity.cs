namespace Marketing.Recommender.Models.Profiles;

/// <summary>
/// Inverse document frequency (Spärck Jones, 1972): what a word tells, by how few say it. A document is all that one user said. While
/// few have said anything the campaigns' texts stand in, all of them together for <see cref="TextUsers"/> users at most.
/// </summary>
internal sealed class TermRarity
{
    private const float TextUsers = 200;

    private readonly Dictionary<uint, float> _rarity;
    private readonly float _unheard;

    /// <param name="counts">How many users said each term.</param>
    /// <param name="users">How many users said anything.</param>
    /// <param name="texts">The terms of each campaign's text.</param>
    public TermRarity(IReadOnlyDictionary<uint, int> counts, int users, IReadOnlyList<uint[]> texts)
    {
        var share = Math.Min(1, TextUsers / Math.Max(1, texts.Count));
        var documents = 1 + users + (share * texts.Count);
        var written = texts.SelectMany(static terms => terms).CountBy(static term => term).ToDictionary();
        _unheard = MathF.Log(documents / 1.5f);
        _rarity = [];
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
                _rarity[term] = MathF.Max(0, MathF.Log(documents / (count + 0.5f)));
            }
        }
    }

    /// <summary>The weight of a term, 0 or more.</summary>
    public float Of(uint term) => _rarity.TryGetValue(term, out var rarity) ? rarity : _unheard;
}
