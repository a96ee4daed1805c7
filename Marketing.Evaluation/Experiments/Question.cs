using Marketing.Domain;

namespace Marketing.Evaluation.Experiments;

/// <summary>A user to recommend to, and the correct answer.</summary>
/// <param name="UserId">The user.</param>
/// <param name="At">When the question is asked. Only campaigns that are active then can be recommended.</param>
/// <param name="Context">The user's interactions before the question, beyond the training log. Removed after the answer, unless the user
/// is in the training log.</param>
/// <param name="Relevant">The campaigns that the user actually chose; at least one, not necessarily in the catalog.</param>
/// <param name="Subsets">The subsets in which the answer counts.</param>
/// <param name="Candidates">The campaigns that baselines choose from; null for all. Campaigns that the user converted on or dismissed are
/// always excluded. Strategies use the product's own rules instead.</param>
internal sealed record Question(
    UserId UserId,
    DateTimeOffset At,
    IReadOnlyList<Interaction> Context,
    IReadOnlySet<CampaignId> Relevant,
    IReadOnlyList<string> Subsets,
    IReadOnlyList<CampaignId>? Candidates = null);
