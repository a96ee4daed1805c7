using System.Numerics.Tensors;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>
/// Inverts a symmetric positive definite matrix by Cholesky decomposition: A = LL', A⁻¹ = L⁻ᵀL⁻¹. Every inner loop is a dot
/// product of two contiguous rows, so it runs at SIMD speed without manual blocking.
/// </summary>
internal static class SymmetricInverse
{
    /// <summary>Replaces the matrix with its inverse.</summary>
    /// <param name="matrix">n × n, row-major, symmetric.</param>
    /// <param name="n">Number of rows.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public static void Invert(double[] matrix, int n, CancellationToken cancellationToken)
    {
        Decompose(matrix, n, cancellationToken);
        var transposed = InvertFactor(matrix, n, cancellationToken);
        MultiplyByTranspose(transposed, matrix, n, cancellationToken);
    }

    // Leaves L in the lower triangle, row by row (Cholesky–Banachiewicz).
    private static void Decompose(double[] a, int n, CancellationToken cancellationToken)
    {
        for (var i = 0; i < n; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = Row(a, n, i);
            for (var j = 0; j < i; j++)
            {
                var other = Row(a, n, j);
                row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            var pivot = row[i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            row[i] = pivot > 0
                ? Math.Sqrt(pivot)
                : throw new ArgumentException($"The matrix is not positive definite: pivot {i} is {pivot}.", nameof(a));
        }
    }

    // Computes (L⁻¹)ᵀ, upper triangular: row i is column i of L⁻¹, by forward substitution.
    private static double[] InvertFactor(double[] l, int n, CancellationToken cancellationToken)
    {
        var inverse = new double[(long)n * n];
        Parallel.For(0, n, InBackground(cancellationToken), i =>
        {
            var column = Row(inverse, n, i);
            column[i] = 1 / l[((long)i * n) + i];
            for (var k = i + 1; k < n; k++)
            {
                var row = Row(l, n, k);
                column[k] = -TensorPrimitives.Dot<double>(row[i..k], column[i..k]) / row[k];
            }
        });
        return inverse;
    }

    private static void MultiplyByTranspose(double[] upper, double[] product, int n, CancellationToken cancellationToken) =>
        Parallel.For(0, n, InBackground(cancellationToken), i =>
        {
            var row = Row(upper, n, i);
            for (var j = i; j < n; j++)
            {
                var value = TensorPrimitives.Dot<double>(row[j..], Row(upper, n, j)[j..]);
                product[((long)i * n) + j] = value;
                product[((long)j * n) + i] = value;
            }
        });

    // Leave half of the processors for requests.
    private static ParallelOptions InBackground(CancellationToken cancellationToken) => new()
    {
        CancellationToken = cancellationToken,
        MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2),
    };

    private static Span<double> Row(double[] matrix, int n, int i) => matrix.AsSpan(checked(i * n), n);
}
