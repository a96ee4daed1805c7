using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class SampleSizeTests
{
    [Theory]
    [InlineData(0.05, 0.20, 0.8, 8_158)]
    [InlineData(0.10, 0.10, 0.8, 14_751)]
    [InlineData(0.10, 0.10, 0.9, 19_746)]
    public void The_size_agrees_with_the_formula_of_the_textbook(double baseline, double lift, double power, long users) =>
        Assert.InRange(SampleSize.PerVariant(baseline, lift, power), users - 10, users + 10);

    [Fact]
    public void An_experiment_of_the_planned_size_finds_the_lift_as_often_as_the_power_says()
    {
        const int experiments = 1000;
        var users = (int)SampleSize.PerVariant(0.2, 0.25);
        var found = 0;
        for (var seed = 0; seed < experiments; seed++)
        {
            var (control, treatment) = Simulation.Looks(seed, 0.2, 0.25, looks: 1, users).Single();
            found += Effect.Difference(control, treatment).Interval().Low > 0 ? 1 : 0;
        }

        Assert.InRange((double)found / experiments, Simulation.AtLeast(0.8, experiments), Simulation.AtMost(0.8, experiments));
    }

    [Fact]
    public void Means_need_as_many_users_as_rates_of_the_same_variance() =>
        Assert.Equal(
            SampleSize.PerVariant(0.5, 0.04), SampleSize.PerVariantOfMean(0.5, 0.02), 20d);

    [Theory]
    [InlineData(0, 0.1, 0.8)]
    [InlineData(0.6, 0.9, 0.8)]
    [InlineData(0.1, 0, 0.8)]
    [InlineData(0.1, 0.1, 1)]
    public void A_plan_that_cannot_be_is_refused(double baseline, double lift, double power) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSize.PerVariant(baseline, lift, power));
}
