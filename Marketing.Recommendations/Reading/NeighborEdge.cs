using Marketing.Domain;

namespace Marketing.Recommendations.Reading;

/// <summary>An edge of a similar user.</summary>
/// <param name="Neighbor">Index of the user in the list of similar users.</param>
/// <param name="Ordinal">The campaign's ordinal.</param>
/// <param name="Edge">The edge.</param>
internal readonly record struct NeighborEdge(int Neighbor, int Ordinal, CampaignEdge Edge);
