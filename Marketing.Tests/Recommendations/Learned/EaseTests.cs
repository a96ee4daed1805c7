using Marketing.Recommendations.Learned.ItemItem;

namespace Marketing.Tests.Recommendations.Learned;

public sealed class EaseTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 2)]
    [InlineData(64, 3)]
    [InlineData(129, 4)]
    public void An_inverse_times_its_matrix_is_the_identity(int n, int seed)
    {
        var matrix = RandomGram(n, seed);
        for (var i = 0; i < n; i++)
        {
            matrix[(i * n) + i] += 5;
        }

        var inverse = matrix.ToArray();
        SymmetricInverse.Invert(inverse, n, TestContext.Current.CancellationToken);

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var value = Enumerable.Range(0, n).Sum(k => matrix[(i * n) + k] * inverse[(k * n) + j]);
                Assert.Equal(i == j ? 1 : 0, value, 1e-8);
            }
        }
    }

    [Fact]
    public void A_matrix_without_an_inverse_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            SymmetricInverse.Invert([1, 1, 1, 1], 2, TestContext.Current.CancellationToken));

    [Fact]
    public void Weights_are_the_ridge_regression_of_each_campaign_on_all_others()
    {
        const int N = 6;
        const double Lambda = 3;
        var gram = RandomGram(N, 5);

        var weights = Ease.Weights(gram.ToArray(), N, Lambda, TestContext.Current.CancellationToken);

        for (var j = 0; j < N; j++)
        {
            Assert.Equal(0, weights[(j * N) + j]);
            // The normal equations: (G + λI) b = G column j, for every row but j itself, with b[j] = 0.
            for (var i = 0; i < N; i++)
            {
                if (i != j)
                {
                    var left = Enumerable.Range(0, N).Sum(k => (gram[(i * N) + k] + (i == k ? Lambda : 0)) * weights[(k * N) + j]);
                    Assert.Equal(gram[(i * N) + j], left, 1e-4);
                }
            }
        }
    }

    private static double[] RandomGram(int n, int seed)
    {
        var random = new Random(seed);
        var gram = new double[n * n];
        for (var user = 0; user < 3 * n; user++)
        {
            var row = Enumerable.Range(0, n).Select(_ => random.NextDouble() < 0.3 ? 1.0 : 0).ToArray();
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    gram[(i * n) + j] += row[i] * row[j];
                }
            }
        }

        return gram;
    }
}
