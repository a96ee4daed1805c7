using Marketing.Domain;
using Marketing.Evaluation.Metrics;

namespace Marketing.Evaluation.Experiments;

/// <summary>A world to learn from and questions about it, in the product's own terms.</summary>
/// <param name="Dataset">As named on the command line.</param>
/// <param name="Campaigns">The catalogue.</param>
/// <param name="Profiles">User attributes, for audiences.</param>
/// <param name="Training">The interaction log before the questions.</param>
/// <param name="Questions">In the order they are asked.</param>
/// <param name="Limit">How many campaigns are asked for.</param>
/// <param name="Metrics">What is measured of each answer.</param>
internal sealed record Experiment(
    string Dataset,
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyList<UserProfile> Profiles,
    IReadOnlyList<Interaction> Training,
    IReadOnlyList<Question> Questions,
    int Limit,
    IReadOnlyList<RankingMetric> Metrics);
