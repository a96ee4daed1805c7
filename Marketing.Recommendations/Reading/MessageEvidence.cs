using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned.Profiles;
using Marketing.Recommendations.Ranking;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// What a user said, as far as this shop can judge it. A message in a language that nobody else uses here, a slip of the keys or a
/// number has nearest neighbors like any other, and they say nothing. Nothing is assumed of languages: what counts is whether
/// others use the words, and whether the nearest message is nearer than chance.
/// </summary>
internal readonly struct MessageEvidence
{
    private readonly ChanceSimilarity? _chance;
    private readonly bool _known;

    private MessageEvidence(IReadOnlyList<MessageVector> messages, bool known, ChanceSimilarity? chance) =>
        (Messages, _known, _chance) = (messages, known, chance);

    /// <summary>The messages to go by, newest first: those whose words are known, or all when none are.</summary>
    public IReadOnlyList<MessageVector> Messages { get; }

    /// <param name="messages">Newest first.</param>
    /// <param name="profiles">Knows words and chance; null, or without either, all is believed.</param>
    public static MessageEvidence Of(IReadOnlyList<MessageVector> messages, ProfileIndex? profiles)
    {
        if (profiles?.Chance is not { } chance)
        {
            return new MessageEvidence(messages, known: true, null);
        }

        var known = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            known += profiles.Knows(messages[i]) ? 1 : 0;
        }

        return known == 0 || known == messages.Count
            ? new MessageEvidence(messages, known > 0, chance)
            : new MessageEvidence([.. messages.Where(profiles.Knows)], known: true, chance);
    }

    /// <summary>Whether the messages are evidence, given who is nearest: known words need a hint of similarity, others need proof.</summary>
    /// <param name="nearest">Best first.</param>
    public bool Holds(List<SimilarUser> nearest) =>
        _chance is null || (nearest.Count > 0 && nearest[0].Similarity >= (_known ? _chance.Hint : _chance.Proof));

    /// <summary>Those of the nearest who are nearer than chance.</summary>
    /// <param name="nearest">Best first; cut.</param>
    public List<SimilarUser> Similar(List<SimilarUser> nearest)
    {
        var least = _chance?.Evidence ?? float.NegativeInfinity;
        var count = nearest.Count;
        while (count > 0 && nearest[count - 1].Similarity < least)
        {
            count--;
        }

        nearest.RemoveRange(count, nearest.Count - count);
        return nearest;
    }
}
