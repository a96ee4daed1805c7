using System.Globalization;
using Marketing.Evaluation.Data;

namespace Marketing.Evaluation.CompleteJourney;

/// <summary>Reads Dunnhumby's <i>The Complete Journey</i> as exported by R's <c>completejourney</c>, plain or gzipped.</summary>
internal sealed class JourneyFiles(DataFolder data)
{
    private const string RedemptionFile = "coupon_redemptions.csv";

    public IReadOnlyList<JourneyCampaign> Campaigns() => CsvFile.Read(
        data.Require("campaign_descriptions.csv"),
        ["campaign_id", "campaign_type", "start_date", "end_date"],
        row => new JourneyCampaign(row[0], row[1], Day(row[2]), Day(row[3])));

    /// <summary>The households that received each campaign.</summary>
    public ILookup<string, string> HouseholdsByCampaign() => CsvFile
        .Read(data.Require("campaigns.csv"), ["campaign_id", "household_id"], row => (Campaign: row[0], Household: row[1]))
        .ToLookup(sent => sent.Campaign, sent => sent.Household);

    /// <summary>The redemptions, oldest first.</summary>
    /// <param name="split">Another file to read them from; null for the default file.</param>
    public IReadOnlyList<JourneyRedemption> Redemptions(string? split) =>
    [
        .. CsvFile.Read(
                split is null ? data.Require(RedemptionFile) : data.Split(split),
                ["household_id", "campaign_id", "redemption_date"],
                row => new JourneyRedemption(row[0], row[1], Day(row[2])))
            .OrderBy(redemption => redemption.Day),
    ];

    /// <summary>The product categories of each campaign's coupons, those with the most products first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> CategoriesByCampaign()
    {
        var categories = CsvFile
            .Read(data.Require("products.csv"), ["product_id", "product_category"], row => (Product: row[0], Category: row[1]))
            .Where(product => product.Category.Length > 0)
            .DistinctBy(product => product.Product)
            .ToDictionary(product => product.Product, product => product.Category);
        return CsvFile
            .Read(data.Require("coupons.csv"), ["product_id", "campaign_id"], row => (Product: row[0], Campaign: row[1]))
            .Distinct()
            .Where(coupon => categories.ContainsKey(coupon.Product))
            .GroupBy(coupon => coupon.Campaign, coupon => categories[coupon.Product])
            .ToDictionary(campaign => campaign.Key, IReadOnlyList<string> (campaign) =>
            [
                .. campaign.CountBy(category => category)
                    .OrderByDescending(category => category.Value)
                    .ThenBy(category => category.Key, StringComparer.Ordinal)
                    .Select(category => category.Key),
            ]);
    }

    private static DateTimeOffset Day(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
            ? day
            : throw new EvaluationException($"'{text}' is not a day such as 2017-09-04.");
}

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

/// <summary>A line of coupon_redemptions.csv.</summary>
internal readonly record struct JourneyRedemption(string Household, string Campaign, DateTimeOffset Day);
