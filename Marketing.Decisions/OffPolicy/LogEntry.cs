using Marketing.Decisions.OffPolicy.Rewards;

namespace Marketing.Decisions.OffPolicy;

/// <summary>A logged outcome with its context, action and pair numbered.</summary>
internal readonly record struct LogEntry(int Context, int Action, int Pair, double Propensity, double Reward, TargetActions Target)
{
    /// <summary>The importance weight: how much likelier the target policy is to take this action than the logging policy was.</summary>
    public double Weight => Target.ProbabilityOf(Action) / Propensity;

    /// <exception cref="ArgumentException">A propensity is not above 0 and at most 1, or a reward is not finite.</exception>
    public static (LogEntry[] Entries, CellIndex Index) Number(IReadOnlyList<LoggedOutcome> outcomes)
    {
        var index = new CellIndex();
        var cells = new (int Context, int Pair)[outcomes.Count];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = outcomes[i];
            if (!(outcome.Propensity > 0 && outcome.Propensity <= 1) || !double.IsFinite(outcome.Reward))
            {
                throw new ArgumentException(
                    $"Decision {i} has propensity {outcome.Propensity} and reward {outcome.Reward}. A propensity is above 0 and at most 1, a reward finite.",
                    nameof(outcomes));
            }

            cells[i] = index.Add(outcome.Context, outcome.Action);
        }

        // Many outcomes share the list of their context, which is then numbered once.
        var targets = new Dictionary<IReadOnlyList<ActionProbability>, TargetActions>(ReferenceEqualityComparer.Instance);
        var entries = new LogEntry[outcomes.Count];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var outcome = outcomes[i];
            if (!targets.TryGetValue(outcome.Target, out var target))
            {
                targets[outcome.Target] = target = TargetActions.Of(outcome.Target, index);
            }

            entries[i] = new(cells[i].Context, index.ActionOf(cells[i].Pair), cells[i].Pair, outcome.Propensity, outcome.Reward, target);
        }

        return (entries, index);
    }
}
