using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;

namespace Marketing.Recommendations.Reading;

/// <summary>All data read for one answer; later stages (sources, eligibility, ranking, reasons) do no I/O.</summary>
internal sealed class RecommendationContext(RecommendationRequest request, DateTimeOffset now, DegradedStores degraded)
{
    public RecommendationRequest Request { get; } = request;

    public DateTimeOffset Now { get; } = now;

    public DegradedStores Degraded { get; } = degraded;

    public ModelSnapshot Models { get; set; } = ModelSnapshot.Empty;

    /// <summary>The user's attributes; null if there are none or they could not be read.</summary>
    public UserProfile? Profile { get; set; }

    /// <summary>The user's newest messages, newest first.</summary>
    public IReadOnlyList<MessageVector> Messages { get; set; } = [];

    /// <summary>The user's edges.</summary>
    public IReadOnlyList<CampaignEdge> OwnEdges { get; set; } = [];

    /// <summary>The similar users, best first.</summary>
    public IReadOnlyList<SimilarUser> Neighbors { get; set; } = [];

    /// <summary>The similar users' edges to campaigns that can be recommended.</summary>
    public IReadOnlyList<NeighborEdge> NeighborEdges { get; set; } = [];

    /// <summary>
    /// How much popularity and trends count for this user; 1 before the first click or conversion. Item-item weights already reflect
    /// popularity, so the more they have to work with, the less is added.
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

/// <summary>An edge of a similar user.</summary>
/// <param name="Neighbor">Index of the user in the list of similar users.</param>
/// <param name="Ordinal">The campaign's ordinal.</param>
/// <param name="Edge">The edge.</param>
internal readonly record struct NeighborEdge(int Neighbor, int Ordinal, CampaignEdge Edge);
