using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class ConfidenceSequenceTests
{
    private const int Looks = 100;
    private const int UsersPerLook = 50;

    private static readonly ConfidenceSequence Sequence = new(intendedUsers: Looks * UsersPerLook);

    [Fact]
    public void Looking_a_hundred_times_claims_a_difference_in_at_most_five_percent_of_experiments_without_one()
    {
        const int experiments = 2000;
        int sequential = 0, fixedHorizon = 0;
        for (var seed = 0; seed < experiments; seed++)
        {
            bool outside = false, outsideFixed = false;
            foreach (var (control, treatment) in Simulation.Looks(seed, 0.05, 0.05, Looks, UsersPerLook))
            {
                var effect = Effect.Difference(control, treatment);
                outside |= !Sequence.Of(effect).Contains(0);
                outsideFixed |= effect.Users >= ConfidenceSequence.MinUsers && !effect.Interval().Contains(0);
            }

            sequential += outside ? 1 : 0;
            fixedHorizon += outsideFixed ? 1 : 0;
        }

        Assert.True(sequential <= Simulation.AtMost(0.05, experiments) * experiments, $"{sequential} of {experiments} claim a difference");

        // What the sequence is for: the usual interval errs this often when it is looked at as often.
        Assert.True(fixedHorizon > 0.3 * experiments, $"{fixedHorizon} of {experiments} claim a difference");
    }

    [Fact]
    public void A_true_difference_is_covered_at_all_looks_together()
    {
        const int experiments = 1000;
        int difference = 0, lift = 0, found = 0;
        for (var seed = 0; seed < experiments; seed++)
        {
            bool differenceCovered = true, liftCovered = true, claimed = false;
            foreach (var (control, treatment) in Simulation.Looks(seed, 0.10, 0.14, Looks, UsersPerLook))
            {
                var interval = Sequence.Of(Effect.Difference(control, treatment));
                differenceCovered &= interval.Contains(0.04);
                liftCovered &= Sequence.Of(Effect.RelativeLift(control, treatment)).Contains(0.4);
                claimed |= interval.Low > 0;
            }

            difference += differenceCovered ? 1 : 0;
            lift += liftCovered ? 1 : 0;
            found += claimed ? 1 : 0;
        }

        Assert.True(difference >= Simulation.AtLeast(0.95, experiments) * experiments, $"{difference} of {experiments} covered the difference");
        Assert.True(lift >= Simulation.AtLeast(0.95, experiments) * experiments, $"{lift} of {experiments} covered the lift");
        Assert.True(found > 0.9 * experiments, $"{found} of {experiments} found the difference");
    }

    [Fact]
    public void The_interval_is_narrowest_around_the_intended_number_of_users()
    {
        var effect = new Effect(0, 1, 10_000, 9_998);
        var widths = new[] { 100d, 1_000, 10_000, 100_000, 1_000_000 }.Select(users => new ConfidenceSequence(users).Of(effect).Width).ToArray();

        Assert.Equal(2, Array.IndexOf(widths, widths.Min()));
    }

    [Fact]
    public void The_p_value_crosses_alpha_where_the_interval_leaves_out_the_hypothesis()
    {
        var effect = new Effect(0.5, 0.1, 5_000, 4_998);
        var low = Sequence.Of(effect).Low;

        Assert.Equal(0.05, Sequence.PValue(effect, low), 6);
        Assert.True(Sequence.PValue(effect) < 0.05);
    }

    [Fact]
    public void With_few_users_the_sequence_says_nothing() =>
        Assert.Equal(Interval.Unbounded, Sequence.Of(new Effect(1, 0.001, ConfidenceSequence.MinUsers - 1, 100)));
}
