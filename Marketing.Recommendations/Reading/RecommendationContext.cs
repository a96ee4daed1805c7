using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;

namespace Marketing.Recommendations.Reading;

/// <summary>All that was read for one answer. What follows on it - sources, eligibility, ranking, reasons - asks no store.</summary>
internal sealed class RecommendationContext(RecommendationRequest request, DateTimeOffset now, DegradedStores degraded)
{
    public RecommendationRequest Request { get; } = request;

    public DateTimeOffset Now { get; } = now;

    public DegradedStores Degraded { get; } = degraded;

    public ModelSnapshot Models { get; set; } = ModelSnapshot.Empty;

    /// <summary>The user's attributes; null when there are none, or they could not be read.</summary>
    public UserProfile? Profile { get; set; }

    /// <summary>The user's newest messages, newest first.</summary>
    public IReadOnlyList<MessageVector> Messages { get; set; } = [];

    /// <summary>What the user did.</summary>
    public IReadOnlyList<CampaignEdge> OwnEdges { get; set; } = [];

    /// <summary>The users who said something similar, best first.</summary>
    public IReadOnlyList<SimilarUser> Neighbors { get; set; } = [];

    /// <summary>What they did with campaigns that can be recommended.</summary>
    public IReadOnlyList<NeighborEdge> NeighborEdges { get; set; } = [];

    /// <summary>
    /// How much of what holds for everybody counts for this user, 1 when they turned to nothing yet. The item-item weights know already what
    /// is popular: the more they have to go by, the less there is to add.
    /// </summary>
    public float GeneralShare()
    {
        var turnedTo = 0;
        for (var i = 0; i < OwnEdges.Count; i++)
        {
            turnedTo += OwnEdges[i] is { Clicks: > 0 } or { Conversions: > 0 } ? 1 : 0;
        }

        return 1f / (1 + turnedTo);
    }
}
