using Marketing.Domain;

namespace Marketing.Recommendations.Learned.Engagement;

/// <summary>
/// Splits each campaign's engagement by age, so that decay needs a few counts instead of a scan of the facts: each interaction is
/// weighted by a representative age of its band.
/// </summary>
/// <param name="Older">Per bound in <see cref="Bounds"/>, the counts of older interactions. Must be read together with the totals, because interactions that arrive later can have any age.</param>
internal sealed record AgeBands(IReadOnlyList<Dictionary<CampaignId, CampaignCount>> Older)
{
    /// <summary>The age boundaries between bands.</summary>
    public static readonly TimeSpan[] Bounds = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];

    // The representative age of each band; the last band is open-ended.
    private static readonly TimeSpan[] Ages =
        [TimeSpan.FromHours(12), TimeSpan.FromDays(4), TimeSpan.FromDays(18), TimeSpan.FromDays(60)];

    /// <summary>Splits a campaign's total by age, newest band first.</summary>
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

    /// <summary>Returns the weight of each band, newest first.</summary>
    public static double[] Weights(EngagementOptions options) =>
        Array.ConvertAll(Ages, age => Math.Max(options.OldestWeight, Math.Pow(0.5, age / options.HalfLife)));

    /// <summary>
    /// Subtracts <paramref name="right"/> from <paramref name="left"/>, never below zero, because an erasure may come between the two
    /// reads.
    /// </summary>
    public static CampaignCount Minus(in CampaignCount left, in CampaignCount right) => new(
        left.CampaignId,
        Math.Max(0, left.Chats - right.Chats),
        Math.Max(0, left.Views - right.Views),
        Math.Max(0, left.Clicks - right.Clicks),
        Math.Max(0, left.Conversions - right.Conversions),
        Math.Max(0, left.Dismissals - right.Dismissals));
}
