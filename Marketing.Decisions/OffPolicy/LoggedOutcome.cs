namespace Marketing.Decisions.OffPolicy;

/// <summary>What a policy does in one context: the probability of one action.</summary>
/// <param name="Action">The action, such as a campaign.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct ActionProbability(string Action, double Probability);

/// <summary>One logged decision, what came of it, and what the target policy would have done in its place.</summary>
/// <param name="Context">
/// What the reward model may learn rates for, such as a placement, a segment or a position. Coarse contexts pool more outcomes.
/// </param>
/// <param name="Action">The action that was taken.</param>
/// <param name="Propensity">The probability with which the logging policy took it; above 0.</param>
/// <param name="Reward">What came of it, such as 1 for a click.</param>
/// <param name="Target">
/// The probabilities of the target policy in this place; they sum to 1, and an action that is not listed has 0. Outcomes may share one list.
/// </param>
public readonly record struct LoggedOutcome(
    string Context, string Action, double Propensity, double Reward, IReadOnlyList<ActionProbability> Target);
