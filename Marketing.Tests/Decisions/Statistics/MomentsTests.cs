using Marketing.Decisions.Statistics;

namespace Marketing.Tests.Decisions.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void Parts_that_are_merged_have_the_moments_of_the_whole()
    {
        var random = new Random(1);
        (double X, double Y)[] values = [.. Enumerable.Range(0, 1000).Select(_ => (1e6 + random.NextDouble(), random.NextDouble()))];

        var whole = Of(values);
        var merged = Of(values[..300]).Merge(Of(values[300..300])).Merge(Of(values[300..]));

        Assert.Equal(whole.Count, merged.Count);
        Assert.Equal(whole.Mean, merged.Mean, 6);
        Assert.Equal(whole.Variance, merged.Variance, 6);
        Assert.Equal(whole.Covariance, merged.Covariance, 6);
        Assert.Equal(whole.CovariateVariance, merged.CovariateVariance, 6);
    }

    [Fact]
    public void Moments_are_those_of_the_textbook()
    {
        var moments = Of([(1, 2), (2, 4), (6, 3)]);

        Assert.Equal(3, moments.Mean, 12);
        Assert.Equal(7, moments.Variance, 12);
        Assert.Equal(0.5, moments.Covariance, 12);
        Assert.Equal(1, moments.CovariateVariance, 12);
    }

    [Fact]
    public void Successes_and_failures_have_the_moments_of_ones_and_zeros()
    {
        var moments = Moments.Of(new Rate(2, 5));
        var added = Of([(1, 0), (0, 0), (0, 0), (1, 0), (0, 0)]);

        Assert.Equal(added.Mean, moments.Mean, 12);
        Assert.Equal(added.Variance, moments.Variance, 12);
    }

    private static Moments Of((double X, double Y)[] values)
    {
        Moments moments = default;
        foreach (var (x, y) in values)
        {
            moments = moments.Add(x, y);
        }

        return moments;
    }
}
