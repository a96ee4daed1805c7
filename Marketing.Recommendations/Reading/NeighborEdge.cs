using Marketing.Domain;

namespace Marketing.Recommendations.Reading;

/// <summary>An edge of a similar user.</summary>
/// <param name="Neighbor">Position of the user among the neighbours.</param>
/// <param name="Ordinal">The campaign.</param>
/// <param name="Edge">What the user did with it.</param>
internal readonly record struct NeighborEdge(int Neighbor, int Ordinal, CampaignEdge Edge);
