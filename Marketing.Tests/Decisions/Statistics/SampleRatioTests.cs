using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class SampleRatioTests
{
    [Fact]
    public void A_split_of_45_to_55_is_reported_when_half_and_half_was_intended() =>
        Assert.True(SampleRatio.Check([4_500, 5_500], [1, 1]).IsMismatch);

    [Fact]
    public void A_split_of_45_to_55_is_found_within_two_thousand_users()
    {
        var found = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var first = Simulation.Successes(new Random(seed), 2_000, 0.45);
            found += SampleRatio.Check([first, 2_000 - first], [1, 1]).IsMismatch ? 1 : 0;
        }

        Assert.True(found > 0.8 * 200, $"found in {found} of 200");
    }

    [Fact]
    public void A_sound_split_looked_at_a_hundred_times_is_reported_in_less_than_three_percent_of_experiments()
    {
        const int experiments = 1000;
        var reported = 0;
        for (var seed = 0; seed < experiments; seed++)
        {
            var random = new Random(seed);
            long first = 0;
            var broken = false;
            for (var look = 1; look <= 100; look++)
            {
                first += Simulation.Successes(random, 100, 0.3);
                broken |= SampleRatio.Check([first, (look * 100) - first], [30, 70]).IsMismatch;
            }

            reported += broken ? 1 : 0;
        }

        Assert.True(reported < 0.03 * experiments, $"reported in {reported} of {experiments}");
    }

    [Fact]
    public void The_statistic_is_that_of_Pearson()
    {
        var check = SampleRatio.Check([30, 50, 40], [1, 1, 1]);

        Assert.Equal(5, check.ChiSquared, 10);
        Assert.Equal(0.082085, check.PValue, 6);
    }

    [Fact]
    public void A_variant_without_a_weight_is_refused() =>
        Assert.Throws<ArgumentException>(() => SampleRatio.Check([1, 2], [1, 0]));
}
