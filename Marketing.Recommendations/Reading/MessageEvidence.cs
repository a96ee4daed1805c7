using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned.Profiles;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// The user's messages that this shop can judge. Typos, numbers and a language no one else uses here have nearest neighbors too, but
/// meaningless ones. Language-independent: a message counts if others use its words and the nearest message is closer than chance.
/// </summary>
internal readonly struct MessageEvidence
{
    private readonly ChanceSimilarity? _chance;
    private readonly bool _known;

    private MessageEvidence(IReadOnlyList<MessageVector> messages, bool known, ChanceSimilarity? chance) =>
        (Messages, _known, _chance) = (messages, known, chance);

    /// <summary>The messages to use, newest first: those with known words, or all if there are none.</summary>
    public IReadOnlyList<MessageVector> Messages { get; }

    /// <param name="messages">Newest first.</param>
    /// <param name="profiles">Provides known words and chance similarity; if null or without them, every message is accepted.</param>
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

    /// <summary>Whether the messages are evidence: known words need only a hint of similarity, unknown words need proof.</summary>
    /// <param name="nearest">Best first.</param>
    public bool Holds(List<SimilarUser> nearest) =>
        _chance is null || (nearest.Count > 0 && nearest[0].Similarity >= (_known ? _chance.Hint : _chance.Proof));

    /// <summary>Removes the users who are no nearer than chance.</summary>
    /// <param name="nearest">Best first; shortened in place.</param>
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
