using Marketing.Domain;
using Marketing.Evaluation.Metrics;

namespace Marketing.Evaluation.Experiments;

/// <summary>Training data and questions about it, in the product's terms.</summary>
/// <param name="Dataset">The name of the data set on the command line.</param>
/// <param name="Campaigns">The catalog.</param>
/// <param name="Profiles">User attributes, for audiences.</param>
/// <param name="Training">The interaction log before the questions.</param>
/// <param name="Questions">The questions, in the order in which they are asked.</param>
/// <param name="Limit">The number of campaigns to recommend.</param>
/// <param name="Metrics">The metrics to compute for each answer.</param>
internal sealed record Experiment(
    string Dataset,
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyList<UserProfile> Profiles,
    IReadOnlyList<Interaction> Training,
    IReadOnlyList<Question> Questions,
    int Limit,
    IReadOnlyList<RankingMetric> Metrics);
