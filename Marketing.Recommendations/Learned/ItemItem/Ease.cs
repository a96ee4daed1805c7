namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>
/// EASE: the linear item-item model in closed form, B = I - P / diag(P) with P = (X'X + λI)⁻¹
/// (H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019).
/// </summary>
internal static class Ease
{
    /// <summary>
    /// Computes the weights from a Gram matrix, which is overwritten; the diagonal is zero, so a campaign does not recommend itself.
    /// </summary>
    /// <param name="gram">X'X, n × n.</param>
    /// <param name="n">Number of campaigns.</param>
    /// <param name="lambda">L2 regularization; must be positive.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    public static float[] Weights(double[] gram, int n, double lambda, CancellationToken cancellationToken)
    {
        for (var i = 0; i < n; i++)
        {
            gram[((long)i * n) + i] += lambda;
        }

        SymmetricInverse.Invert(gram, n, cancellationToken);
        var weights = new float[(long)n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                weights[((long)i * n) + j] = i == j ? 0 : (float)(-gram[((long)i * n) + j] / gram[((long)j * n) + j]);
            }
        }

        return weights;
    }
}
