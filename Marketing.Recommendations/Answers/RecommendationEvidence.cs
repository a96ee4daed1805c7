using System.ComponentModel;

namespace Marketing.Recommendations.Answers;

/// <summary>Where the score and the reason of one campaign come from.</summary>
/// <param name="SimilarUsers">Similar users who interacted with the campaign.</param>
/// <param name="Contributions">Each source's contribution to the score, by source name.</param>
/// <param name="Engagement">The engagement figures used in ranking.</param>
[ImmutableObject(true)]
public sealed record RecommendationEvidence(
    IReadOnlyList<SimilarUserEvidence> SimilarUsers,
    IReadOnlyDictionary<string, double> Contributions,
    EngagementEvidence? Engagement);

/// <summary>One similar user's interactions with the campaign.</summary>
/// <param name="UserId">The similar user.</param>
/// <param name="Similarity">Cosine similarity between the two users' messages.</param>
/// <param name="Views">Views of the campaign.</param>
/// <param name="Clicks">Clicks on the campaign.</param>
/// <param name="Conversions">Conversions on the campaign.</param>
/// <param name="Chats">Chats that name the campaign.</param>
/// <param name="Dismissals">Dismissals of the campaign; a user who dismissed it is not counted in a reason.</param>
[ImmutableObject(true)]
public sealed record SimilarUserEvidence(string UserId, double Similarity, int Views, int Clicks, int Conversions, int Chats, int Dismissals);

/// <summary>The campaign's engagement across all users.</summary>
/// <param name="Interactions">All interactions to date, of every type.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Rate">The shrunk, time-decayed engagement rate used in ranking, 0 to 1.</param>
/// <param name="AverageRate">The same rate over all campaigns.</param>
[ImmutableObject(true)]
public sealed record EngagementEvidence(long Interactions, long Views, long Clicks, long Conversions, double Rate, double AverageRate);
