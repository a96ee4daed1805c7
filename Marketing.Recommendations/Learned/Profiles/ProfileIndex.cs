using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Learned.Profiles;

/// <summary>
/// The profiles of the catalog campaigns as an inverted index: the words of a campaign's customers and of its text, as a unit
/// vector over terms. A score is the cosine with the user's words, 0 to 1.
/// </summary>
internal sealed class ProfileIndex
{
    private readonly ProfileOptions _options;
    private readonly ProfilePart _learnt;
    private readonly Dictionary<uint, (int Start, int Count)> _terms = [];
    private readonly Posting[] _postings;

    /// <param name="campaigns">The campaigns, by ordinal.</param>
    /// <param name="texts">The terms of each campaign's text.</param>
    /// <param name="learnt">The learned words; null before the first learning.</param>
    /// <param name="options">Sets the weight of a campaign's text.</param>
    public ProfileIndex(CampaignTable campaigns, IReadOnlyList<uint[]> texts, ProfilePart? learnt, ProfileOptions options)
    {
        _options = options;
        _learnt = learnt ?? ProfilePart.OfTexts(texts);
        var lists = new Dictionary<uint, List<Posting>>();
        for (var ordinal = 0; ordinal < texts.Count; ordinal++)
        {
            var profile = ProfileOf(campaigns, texts[ordinal], ordinal);
            var length = MathF.Sqrt(profile.Weights.Values.Sum(static weight => weight * weight));
            foreach (var (term, weight) in profile.Weights)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, term, out _);
                (list ??= []).Add(new Posting(ordinal, weight / length));
            }
        }

        _postings = new Posting[lists.Values.Sum(static list => list.Count)];
        var start = 0;
        foreach (var (term, list) in lists)
        {
            list.CopyTo(_postings, start);
            _terms.Add(term, (start, list.Count));
            start += list.Count;
        }

        Alike = SimilarCampaigns.Of(this, texts);
    }

    /// <summary>The similar campaigns of each campaign.</summary>
    public SimilarCampaigns Alike { get; }

    /// <summary>The learned words that the index is built from.</summary>
    public ProfilePart Learnt => _learnt;

    /// <summary>The similarity of messages by chance; null while there are too few messages.</summary>
    public ChanceSimilarity? Chance => _learnt.Chance;

    /// <summary>Whether enough of a message's words are known to judge it by them.</summary>
    public bool Knows(MessageVector message) => _learnt.Idf.Knows(message.Terms.Span);

    /// <summary>Writes each campaign's cosine with the user's messages; returns false if no word is known.</summary>
    /// <param name="messages">Newest first.</param>
    /// <param name="scores">By ordinal, initially zero.</param>
    public bool Score(IReadOnlyList<MessageVector> messages, Span<float> scores)
    {
        var pool = ArrayPool<(uint Term, float Weight)>.Shared;
        var terms = MessageTerms.Merge(messages, _options.Messages, _options.MessageDiscount, pool, out var count);
        var matched = Score(terms.AsSpan(0, count), scores);
        pool.Return(terms);
        return matched;
    }

    /// <summary>Writes each campaign's cosine with weighted terms; returns false if none is known.</summary>
    /// <param name="terms">Distinct terms and their weights.</param>
    /// <param name="scores">By ordinal, initially zero.</param>
    public bool Score(ReadOnlySpan<(uint Term, float Weight)> terms, Span<float> scores)
    {
        var matched = false;
        var squares = 0f;
        foreach (var (term, said) in terms)
        {
            var weight = said * _learnt.Idf.Of(term);
            squares += weight * weight;
            if (_terms.TryGetValue(term, out var list))
            {
                matched = true;
                foreach (ref readonly var posting in _postings.AsSpan(list.Start, list.Count))
                {
                    scores[posting.Ordinal] += weight * posting.Weight;
                }
            }
        }

        if (matched && squares > 0)
        {
            TensorPrimitives.Divide(scores, MathF.Sqrt(squares), scores);
        }

        return matched;
    }

    private TermVector ProfileOf(CampaignTable campaigns, uint[] text, int ordinal)
    {
        var profile = new TermVector();
        profile.Add(Array.ConvertAll(text, static term => (term, 1f)), _learnt.Idf, _options.TextWeight);
        if (_learnt.TermsByCampaign.TryGetValue(campaigns.Campaigns[ordinal].Id, out var said))
        {
            profile.Add(said);
        }

        return profile;
    }

    private readonly record struct Posting(int Ordinal, float Weight);
}
