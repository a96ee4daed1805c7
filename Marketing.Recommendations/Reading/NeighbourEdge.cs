using Marketing.Domain;

namespace Marketing.Recommendations.Reading;

/// <summary>An edge of a similar user.</summary>
/// <param name="Neighbour">Position of the user among the neighbors.</param>
/// <param name="Ordinal">The campaign.</param>
/// <param name="Edge">What the user did with it.</param>
internal readonly record struct NeighbourEdge(int Neighbour, int Ordinal, CampaignEdge Edge);
