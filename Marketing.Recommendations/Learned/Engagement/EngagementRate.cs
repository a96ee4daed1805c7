using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// Estimates engagement as a rate, not a count: value per exposure (conversions, plus clicks at a discount), time-decayed and
/// shrunk toward the overall rate by a Beta prior, so that a lucky campaign with three views does not lead.
/// </summary>
internal static class EngagementRate
{
    // Daily activity added to both sides of the ratio, so that a handful of events is not a trend.
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

    /// <summary>The posterior mean of a rate with a Beta prior.</summary>
    /// <param name="value">Observed value.</param>
    /// <param name="exposures">Observed exposures.</param>
    /// <param name="prior">Prior rate.</param>
    /// <param name="priorExposures">Weight of the prior, in exposures.</param>
    public static double Shrunk(double value, double exposures, double prior, double priorExposures) =>
        (value + (prior * priorExposures)) / Math.Max(exposures + priorExposures, double.Epsilon);

    // Where clicks are recorded, a conversion comes with a click, and the pair counts once.
    private static double Value(in CampaignCount count, EngagementOptions options) =>
        count.Conversions + (options.ClickValue * Math.Max(0, count.Clicks - count.Conversions));

    // Some channels do not report views, but a user who clicked, converted or dismissed saw the campaign.
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
