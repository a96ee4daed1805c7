namespace Marketing.Decisions.OffPolicy.Rewards;

/// <summary>How far the rates of groups can be trusted on their own: a group's rate is shrunk toward the common one by its size.</summary>
/// <remarks>Bühlmann and Straub, "Glaubwürdigkeit für Schadensätze", 1970; also known as the random-effects model.</remarks>
/// <param name="WithinVariance">The variance of one reward within a group.</param>
/// <param name="BetweenVariance">The variance of the true rates of the groups.</param>
internal readonly record struct Credibility(double WithinVariance, double BetweenVariance)
{
    /// <summary>The weight of a group's own rate, 0 to 1; the rest is the weight of the common rate.</summary>
    public double WeightOf(double count) => count <= 0 ? 0
        : WithinVariance <= 0 ? 1
        : count * BetweenVariance / ((count * BetweenVariance) + WithinVariance);

    /// <summary>Estimates both variances by moments.</summary>
    /// <param name="groups">The groups, each with the rate it is shrunk toward.</param>
    /// <param name="withinVariance">The variance of one reward within a group.</param>
    /// <param name="leastBetween">
    /// The least variance between groups to assume. Few outcomes cannot show that rates differ, which does not mean that they are equal.
    /// </param>
    public static Credibility Estimate(
        IEnumerable<(double Count, double Rate, double Common)> groups, double withinVariance, double leastBetween)
    {
        double excess = 0, count = 0, squares = 0;
        foreach (var group in groups.Where(group => group.Count > 0))
        {
            excess += (group.Count * (group.Rate - group.Common) * (group.Rate - group.Common)) - withinVariance;
            count += group.Count;
            squares += group.Count * group.Count;
        }

        // The common rate is estimated from the groups themselves, which takes out one group's worth of variance.
        var denominator = count - (squares / Math.Max(count, 1));
        var between = denominator > 0 ? (excess + withinVariance) / denominator : 0;
        return new(withinVariance, Math.Max(between, leastBetween));
    }
}
