namespace Marketing.Evaluation.CompleteJourney;

/// <summary>A line of campaign_descriptions.csv.</summary>
/// <param name="Id">The number of the campaign.</param>
/// <param name="Type">A, B or C: how the coupons are chosen.</param>
/// <param name="Start">The first day on which a coupon can be redeemed.</param>
/// <param name="End">The last day on which a coupon can be redeemed.</param>
internal sealed record JourneyCampaign(string Id, string Type, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether a coupon can be redeemed on a day.</summary>
    public bool IsOpen(DateTimeOffset day) => Start <= day && day <= End;
}
