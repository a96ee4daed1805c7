using Marketing.Decisions.OffPolicy;
using Marketing.Decisions.OffPolicy.Estimators;

namespace Marketing.Tests.Decisions.OffPolicy;

public sealed class OffPolicyTests
{
    private static readonly ActionProbability[] Half = [new("a", 0.5), new("b", 0.5)];

    [Theory]
    [InlineData(10, 0.2, 0.7)]
    [InlineData(34, 0.005, 0.7)]
    public void The_intervals_of_all_estimators_cover_the_truth_in_93_percent_of_500_logs(int actions, double rate, double concentration)
    {
        const int logs = 500;
        var covered = OffPolicyEvaluation.Estimators.ToDictionary(estimator => estimator.Name, _ => 0);
        for (var seed = 0; seed < logs; seed++)
        {
            var world = new BanditWorld(seed, actions, rate, concentration);
            foreach (var estimate in OffPolicyEvaluation.Of(new(world.Log(4_000))).Estimates)
            {
                covered[estimate.Estimator] += estimate.Interval.Contains(world.UniformValue) ? 1 : 0;
            }
        }

        Assert.All(covered, estimator => Assert.True(estimator.Value >= 0.93 * logs, $"{estimator.Key} covered {estimator.Value} of {logs}"));
    }

    [Fact]
    public void Where_weights_are_uneven_the_skewed_interval_covers_and_the_normal_one_does_not()
    {
        const int logs = 300;
        int skewed = 0, normal = 0;
        for (var seed = 0; seed < logs; seed++)
        {
            var world = new BanditWorld(seed, 34, 0.005, concentration: 1.3);
            var log = new WeightedLog(world.Log(4_000));
            skewed += Of(log, "ips").Interval.Contains(world.UniformValue) ? 1 : 0;
            normal += NormalInterval(log).Contains(world.UniformValue) ? 1 : 0;
        }

        Assert.True(skewed >= 0.93 * logs, $"{skewed} of {logs} covered");
        Assert.True(normal < 0.88 * logs, $"{normal} of {logs} covered");
    }

    [Fact]
    public void Estimates_of_a_policy_by_its_own_log_are_what_it_earned()
    {
        LoggedOutcome[] log = [.. Enumerable.Range(0, 4_000).Select(i => new LoggedOutcome("home", i % 2 == 0 ? "a" : "b", 0.5, i % 8 == 0 ? 1 : 0, Half))];

        var evaluation = OffPolicyEvaluation.Of(new(log));

        Assert.All(evaluation.Estimates, estimate => Assert.Equal(0.125, estimate.Value, 3));
        Assert.Equal(4_000, evaluation.Diagnostics.EffectiveSampleSize, 6);
        Assert.Equal(1, evaluation.Diagnostics.Support, 6);
        Assert.True(evaluation.Diagnostics.CanTell);
    }

    [Fact]
    public void Doubly_robust_is_right_where_the_propensities_are_wrong_but_the_model_is_right()
    {
        double ips = 0, robust = 0, truth = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var world = new BanditWorld(seed, 5, 0.3, concentration: 0.5);
            var log = new WeightedLog(world.Log(10_000, propensity => propensity * 0.7));
            truth += world.UniformValue / 20;
            ips += Of(log, "ips").Value / 20;
            robust += Of(log, "dr").Value / 20;
        }

        Assert.InRange(robust, 0.97 * truth, 1.03 * truth);
        Assert.True(ips > 1.3 * truth);
    }

    [Fact]
    public void Below_a_thousand_effective_decisions_the_log_cannot_tell()
    {
        var few = OffPolicyEvaluation.Of(new(new BanditWorld(1, 10, 0.2, concentration: 0).Log(999)));
        var enough = OffPolicyEvaluation.Of(new(new BanditWorld(1, 10, 0.2, concentration: 0).Log(1_001)));

        Assert.Equal("The log cannot tell.", few.Verdict);
        Assert.StartsWith("The policy would have earned", enough.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_never_tried_what_the_policy_does_cannot_tell()
    {
        LoggedOutcome[] log = [.. Enumerable.Range(0, 10_000).Select(i => new LoggedOutcome("home", "a", 1, i % 10 == 0 ? 1 : 0, Half))];

        var diagnostics = new WeightedLog(log).Diagnostics;

        Assert.True(diagnostics.EffectiveSampleSize > WeightDiagnostics.MinEffectiveSampleSize);
        Assert.Equal(0.5, diagnostics.Support, 6);
        Assert.True(diagnostics.MissesActions);
        Assert.False(diagnostics.CanTell);
    }

    [Fact]
    public void A_log_without_rewards_still_bounds_what_can_be_earned()
    {
        LoggedOutcome[] log = [.. Enumerable.Range(0, 2_000).Select(i => new LoggedOutcome("home", i % 2 == 0 ? "a" : "b", 0.5, 0, Half))];

        Assert.All(
            OffPolicyEvaluation.Of(new(log)).Estimates.Where(estimate => estimate.Estimator != "dm"),
            estimate => Assert.True(estimate.Interval is { Low: 0, High: > 0.001 and < 0.003 }, $"{estimate}"));
    }

    [Fact]
    public void Losses_may_be_negative()
    {
        LoggedOutcome[] log = [.. Enumerable.Range(0, 4_000).Select(i => new LoggedOutcome("home", i % 2 == 0 ? "a" : "b", 0.5, (i % 5) - 4, Half))];

        Assert.All(OffPolicyEvaluation.Of(new(log)).Estimates, estimate => Assert.True(estimate.Interval is { Low: < -2, High: < 0 } && estimate.Interval.Contains(-2)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.5, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.5, double.NaN)]
    public void A_decision_that_cannot_be_is_refused(double propensity, double reward) =>
        Assert.Throws<ArgumentException>(() => new WeightedLog([new("home", "a", propensity, reward, Half)]));

    [Fact]
    public void An_empty_log_is_refused() => Assert.Throws<ArgumentException>(() => new WeightedLog([]));

    private static OffPolicyEstimate Of(WeightedLog log, string estimator) =>
        OffPolicyEvaluation.Estimators.Single(one => one.Name == estimator).Estimate(log, 0.95);

    private static Marketing.Decisions.Statistics.Interval NormalInterval(WeightedLog log)
    {
        Marketing.Decisions.Statistics.Moments terms = default;
        for (var i = 0; i < log.Count; i++)
        {
            terms = terms.Add(log.Weights[i] * log.Rewards[i]);
        }

        return terms.MeanInterval();
    }
}
