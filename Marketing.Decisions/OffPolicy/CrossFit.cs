using Marketing.Decisions.OffPolicy.Rewards;

namespace Marketing.Decisions.OffPolicy;

/// <summary>Predicts each outcome by a model that was learned without it.</summary>
/// <remarks>
/// Cross-fitting keeps the noise of an outcome out of its own prediction: Chernozhukov et al., "Double/Debiased Machine Learning for
/// Treatment and Structural Parameters", The Econometrics Journal 2018.
/// </remarks>
internal static class CrossFit
{
    private const int Folds = 5;

    /// <param name="entries">The log.</param>
    /// <param name="all">The sums of the whole log.</param>
    /// <param name="predicted">Receives the prediction for each action that was taken.</param>
    /// <param name="target">Receives the expected prediction under the target policy.</param>
    public static void Predict(ReadOnlySpan<LogEntry> entries, CellSums all, Span<double> predicted, Span<double> target)
    {
        // Every fifth entry, so that each fold covers the whole time of the log.
        for (var fold = 0; fold < Folds; fold++)
        {
            var part = all.Empty();
            for (var i = fold; i < entries.Length; i += Folds)
            {
                part.Add(entries[i].Pair, entries[i].Reward);
            }

            // Decisions that share the list of target probabilities share the expectation.
            var expected = new Dictionary<(int Context, TargetActions Target), double>();
            var model = RewardModel.Fit(entries.Length >= Folds * 2 ? all.Without(part) : all);
            for (var i = fold; i < entries.Length; i += Folds)
            {
                predicted[i] = model.Predict(entries[i].Context, entries[i].Action);
                var key = (entries[i].Context, entries[i].Target);
                if (!expected.TryGetValue(key, out target[i]))
                {
                    expected[key] = target[i] = entries[i].Target.Predict(model, entries[i].Context);
                }
            }
        }
    }
}
