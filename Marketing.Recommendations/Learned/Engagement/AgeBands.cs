using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// How much of each campaign's engagement is old, so that decay needs a few counts and no scan of the facts: an interaction
/// is weighted by the middle of the band its age falls into.
/// </summary>
/// <param name="Older">For each bound of <see cref="Bounds"/>, the counts of what is older. Counted with the totals: what arrived since another count could be of any age.</param>
internal sealed record AgeBands(IReadOnlyList<Dictionary<CampaignId, CampaignCount>> Older)
{
    /// <summary>Where one band ends and the next begins.</summary>
    public static readonly TimeSpan[] Bounds = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    // The age that stands for each band; the last one is open-ended.
    private static readonly TimeSpan[] Ages =
        [TimeSpan.FromHours(12), TimeSpan.FromDays(4), TimeSpan.FromDays(18), TimeSpan.FromDays(60)];

    /// <summary>Splits the whole count of a campaign by age, the newest first.</summary>
    public void Split(in CampaignCount total, Span<CampaignCount> bands)
    {
        var rest = total;
        for (var i = 0; i < Bounds.Length; i++)
        {
            var older = Older[i].GetValueOrDefault(total.CampaignId, new CampaignCount(total.CampaignId, 0, 0, 0, 0, 0));
            bands[i] = Minus(rest, older);
            rest = older;
        }

        bands[Bounds.Length] = rest;
    }

    /// <summary>The weight of each band, the newest first.</summary>
    public static double[] Weights(EngagementOptions options) =>
        Array.ConvertAll(Ages, age => Math.Max(options.OldestWeight, Math.Pow(0.5, age / options.HalfLife)));

    /// <summary>What is counted in <paramref name="left"/> and not in <paramref name="right"/>; never below zero, for erasure may have come between.</summary>
    public static CampaignCount Minus(in CampaignCount left, in CampaignCount right) => new(
        left.CampaignId,
        Math.Max(0, left.Chats - right.Chats),
        Math.Max(0, left.Views - right.Views),
        Math.Max(0, left.Clicks - right.Clicks),
        Math.Max(0, left.Conversions - right.Conversions),
        Math.Max(0, left.Dismissals - right.Dismissals));
}
