using System.ComponentModel;
using Marketing.Domain;
using Marketing.Recommendations.Strategies.Hybrid;

namespace Marketing.Recommendations.Answers;

/// <summary>Where the score of one campaign comes from, and what its reason rests on.</summary>
/// <param name="SimilarUsers">The users whose messages were near and who touched the campaign.</param>
/// <param name="Contributions">What each source gave to the score, by the source's name.</param>
/// <param name="Engagement">The figures that it was ranked by.</param>
[ImmutableObject(true)]
public sealed record RecommendationEvidence(
    IReadOnlyList<SimilarUserEvidence> SimilarUsers,
    IReadOnlyDictionary<string, double> Contributions,
    EngagementEvidence? Engagement);

/// <summary>A similar user's part.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Similarity">Cosine between the two users' messages.</param>
/// <param name="Views">Of the campaign by that user.</param>
/// <param name="Clicks">Of the campaign by that user.</param>
/// <param name="Conversions">Of the campaign by that user.</param>
/// <param name="Chats">Of that user that named the campaign.</param>
/// <param name="Dismissals">Of the campaign by that user; whoever dismissed it is not counted in a reason.</param>
[ImmutableObject(true)]
public sealed record SimilarUserEvidence(string UserId, double Similarity, int Views, int Clicks, int Conversions, int Chats, int Dismissals);

/// <summary>How the campaign does with everybody.</summary>
/// <param name="Interactions">All of them until now, of every kind.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Rate">The shrunk, time-decayed engagement rate that ranks it, 0 to 1.</param>
/// <param name="AverageRate">The same of all campaigns together.</param>
[ImmutableObject(true)]
public sealed record EngagementEvidence(long Interactions, long Views, long Clicks, long Conversions, double Rate, double AverageRate);
