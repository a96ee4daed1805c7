using Marketing.Domain;

namespace Marketing.Evaluation.Experiments;

/// <summary>Somebody to recommend to, and what would have been right.</summary>
/// <param name="UserId">Whom to recommend to.</param>
/// <param name="At">When they are asked for; what is open then can be recommended.</param>
/// <param name="Context">What the user says and does before, besides what is in the training part. Taken back after the answer.</param>
/// <param name="Relevant">The campaigns that the user really turned to; one at least, not necessarily in the catalogue.</param>
/// <param name="Subsets">The subsets to count the answer in.</param>
/// <param name="Candidates">What the baselines choose from; null: every campaign the user has not converted on. The strategies have the product's own rules for that.</param>
internal sealed record Question(
    UserId UserId,
    DateTimeOffset At,
    IReadOnlyList<Interaction> Context,
    IReadOnlySet<CampaignId> Relevant,
    IReadOnlyList<string> Subsets,
    IReadOnlyList<CampaignId>? Candidates = null);
