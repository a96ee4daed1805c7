using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class EffectTests
{
    private const int Experiments = 1000;

    [Fact]
    public void Adjusting_for_earlier_behavior_narrows_the_interval_and_keeps_the_effect()
    {
        const double lift = 0.3;
        Moments plain = default, adjusted = default;
        double plainWidth = 0, adjustedWidth = 0;
        var covered = 0;
        for (var seed = 0; seed < Experiments; seed++)
        {
            var random = new Random(seed);
            var (control, treatment) = (Users(random, 200, 0), Users(random, 200, lift));
            var (before, after) = (Effect.Difference(control, treatment), Effect.AdjustedDifference(control, treatment));
            plain = plain.Add(before.Estimate);
            adjusted = adjusted.Add(after.Estimate);
            plainWidth += before.Interval().Width;
            adjustedWidth += after.Interval().Width;
            covered += after.Interval().Contains(lift) ? 1 : 0;
        }

        // The covariate has a correlation of .8 with the outcome, which leaves √(1 − .64) = .6 of the width.
        Assert.InRange(adjustedWidth / plainWidth, 0.57, 0.63);
        Assert.InRange(adjusted.Mean, lift - (3 * Math.Sqrt(adjusted.Variance / Experiments)), lift + (3 * Math.Sqrt(adjusted.Variance / Experiments)));
        Assert.True(adjusted.Variance < plain.Variance / 2);
        Assert.True(covered >= Simulation.AtLeast(0.95, Experiments) * Experiments, $"{covered} of {Experiments} covered");
    }

    [Fact]
    public void The_interval_of_the_relative_lift_covers_the_truth()
    {
        var covered = 0;
        for (var seed = 0; seed < Experiments; seed++)
        {
            var (control, treatment) = Simulation.Looks(seed, 0.05, 0.06, looks: 1, usersPerLook: 4000).Single();
            covered += Effect.RelativeLift(control, treatment).Interval().Contains(0.2) ? 1 : 0;
        }

        Assert.InRange((double)covered / Experiments, Simulation.AtLeast(0.95, Experiments), Simulation.AtMost(0.95, Experiments));
    }

    [Fact]
    public void The_adjusted_lift_is_relative_to_the_adjusted_control()
    {
        var random = new Random(5);
        var (control, treatment) = (Users(random, 20_000, 0), Users(random, 20_000, 1));

        var lift = Effect.AdjustedRelativeLift(control, treatment);

        // The mean outcome without treatment is 10.
        Assert.Equal(0.1, lift.Estimate, 2);
        Assert.True(lift.StandardError < Effect.RelativeLift(control, treatment).StandardError);
    }

    [Fact]
    public void Nothing_is_known_before_users_differ()
    {
        Assert.Equal(Interval.Unbounded, Effect.Difference(default, default).Interval());
        Assert.Equal(Interval.Unbounded, Effect.RelativeLift(Moments.Of(new Rate(0, 50)), Moments.Of(new Rate(5, 50))).Interval());
    }

    /// <summary>Users whose behavior before the experiment has a correlation of .8 with the outcome.</summary>
    private static Moments Users(Random random, int count, double effect)
    {
        Moments users = default;
        for (var user = 0; user < count; user++)
        {
            var before = Simulation.Normal(random);
            users = users.Add(10 + effect + (0.8 * before) + (0.6 * Simulation.Normal(random)), before);
        }

        return users;
    }
}
