namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>
/// EASE: the linear item-item model in closed form, B = I - P / diag(P) with P = (X'X + λI)⁻¹
/// (H. Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019).
/// </summary>
internal static class Ease
{
    /// <summary>The weights from a Gram matrix, which is used up. The diagonal is zero: a campaign does not speak for itself.</summary>
    /// <param name="gram">X'X, n × n.</param>
    /// <param name="n">Campaigns.</param>
    /// <param name="lambda">L2 regularization, over zero.</param>
    /// <param name="cancellationToken">Stops the work between rows.</param>
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
