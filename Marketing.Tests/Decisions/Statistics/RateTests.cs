using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class RateTests
{
    /// <summary>Table I of Newcombe, Statistics in Medicine 1998, "Two-sided confidence intervals for the single proportion", method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_Wilson_interval_agrees_with_published_ones(int successes, int trials, double low, double high)
    {
        var interval = new Rate(successes, trials).Interval();

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    /// <summary>Table II of Newcombe, Statistics in Medicine 1998, "Interval estimation for the difference", method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    public void The_interval_of_a_difference_agrees_with_published_ones(
        int treated, int treatedTrials, int control, int controlTrials, double low, double high)
    {
        var interval = Rate.Difference(new(control, controlTrials), new(treated, treatedTrials));

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Without_trials_every_rate_is_possible()
    {
        Assert.Equal(new Interval(0, 1), new Rate(0, 0).Interval());
        Assert.True(Rate.Difference(new(0, 0), new(0, 0)).Contains(-0.9));
    }
}
