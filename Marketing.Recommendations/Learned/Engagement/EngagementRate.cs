using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// Engagement as a rate and not a count: value (conversions, and clicks at a discount) an exposure, time-decayed, shrunk toward the
/// overall rate by a Beta prior, so that one lucky campaign with three views does not lead.
/// </summary>
internal static class EngagementRate
{
    // A day's activity that is added on both sides of a trend, so that a handful of events is not a trend.
    private const float TrendSmoothing = 5f;

    public static EngagementPart Estimate(
        IReadOnlyList<CampaignCount> totals, AgeBands bands, EngagementOptions options, DateTimeOffset now)
    {
        var weights = AgeBands.Weights(options);
        var decayed = new (double Value, double Exposures, float Trend)[totals.Count];
        double value = 0, exposures = 0;
        var buffer = new CampaignCount[weights.Length];
        for (var i = 0; i < totals.Count; i++)
        {
            bands.Split(totals[i], buffer);
            for (var band = 0; band < buffer.Length; band++)
            {
                decayed[i].Value += weights[band] * Value(buffer[band], options);
                decayed[i].Exposures += weights[band] * Exposures(buffer[band]);
            }

            decayed[i].Trend = Trend(buffer);
            value += decayed[i].Value;
            exposures += decayed[i].Exposures;
        }

        var prior = exposures > 0 ? value / exposures : 0;
        var campaigns = totals.Index().ToDictionary(
            entry => entry.Item.CampaignId,
            entry => new CampaignEngagement(
                entry.Item,
                (float)Shrunk(decayed[entry.Index].Value, decayed[entry.Index].Exposures, prior, options.PriorExposures),
                (float)decayed[entry.Index].Value,
                (float)decayed[entry.Index].Exposures,
                (float)decayed[entry.Index].Value,
                decayed[entry.Index].Trend));
        return new EngagementPart(campaigns, (float)prior, (float)options.PriorExposures, now);
    }

    /// <summary>The mean of the posterior Beta distribution of a rate.</summary>
    /// <param name="value">What there was.</param>
    /// <param name="exposures">Out of how many.</param>
    /// <param name="prior">The rate before anything is seen.</param>
    /// <param name="priorExposures">How many exposures that is worth.</param>
    public static double Shrunk(double value, double exposures, double prior, double priorExposures) =>
        (value + (prior * priorExposures)) / Math.Max(exposures + priorExposures, double.Epsilon);

    // A conversion comes with a click where clicks are recorded at all, and counts once.
    private static double Value(in CampaignCount count, EngagementOptions options) =>
        count.Conversions + (options.ClickValue * Math.Max(0, count.Clicks - count.Conversions));

    // Not every channel reports views: whoever clicked, converted or dismissed has seen it.
    private static double Exposures(in CampaignCount count) =>
        Math.Max(count.Views, Math.Max(count.Clicks, count.Conversions) + count.Dismissals);

    private static float Trend(ReadOnlySpan<CampaignCount> bands)
    {
        var week = AgeBands.Bounds[1] - AgeBands.Bounds[0];
        var usual = Activity(bands[1]) / (float)week.TotalDays;
        return (Activity(bands[0]) + TrendSmoothing) / (usual + TrendSmoothing);
    }

    private static float Activity(in CampaignCount count) => count.Chats + count.Clicks + count.Conversions;
}
