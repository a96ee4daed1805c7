using Marketing.Decisions.OffPolicy.Rewards;

namespace Marketing.Decisions.OffPolicy;

/// <summary>The target policy in one place, with its actions numbered. Equal only to itself, however the probabilities compare.</summary>
/// <param name="Actions">The numbers of the actions, -1 for one that the log never took, and their probabilities.</param>
internal readonly record struct TargetActions((int Action, double Probability)[] Actions)
{
    public static TargetActions Of(IReadOnlyList<ActionProbability> target, CellIndex index) =>
        new([.. target.Select(one => (index.ActionNumber(one.Action), one.Probability))]);

    public double ProbabilityOf(int action)
    {
        foreach (var (candidate, probability) in Actions)
        {
            if (candidate == action)
            {
                return probability;
            }
        }

        return 0;
    }

    /// <summary>The expected reward under the target policy, as a model predicts it.</summary>
    public double Predict(RewardModel model, int context)
    {
        double expected = 0;
        foreach (var (action, probability) in Actions)
        {
            expected += probability * model.Predict(context, action);
        }

        return expected;
    }
}
