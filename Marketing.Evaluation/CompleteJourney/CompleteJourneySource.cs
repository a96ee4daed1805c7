using Marketing.Domain;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Experiments;
using Marketing.Evaluation.Metrics;

namespace Marketing.Evaluation.CompleteJourney;

/// <summary>Real retail campaigns: from which of the campaigns that it received does a household redeem a coupon?</summary>
/// <remarks>
/// The first two thirds of the campaigns by start date are the training data, with their recipients and redemptions. Each first
/// redemption of a later campaign is a question, asked on that day, about the open campaigns that the household received. Every campaign
/// in question is a cold-start campaign, and nobody chats, so only the coupon categories and the household's earlier redemptions are
/// available. Receiving a campaign is modeled as an audience, so that the product's own eligibility rules select the candidates. Days on
/// which the household has no choice are left out.
/// </remarks>
internal sealed class CompleteJourneySource : IExperimentSource
{
    private const double TrainingShare = 2.0 / 3;
    private const int MaxCategories = 60;
    private const int Limit = 10;

    public string Name => "completejourney";

    public IEnumerable<Experiment> Load(DataFolder data, string? split)
    {
        var files = new JourneyFiles(data);
        var campaigns = files.Campaigns();
        var sent = files.HouseholdsByCampaign();
        var splitAt = campaigns.Select(campaign => campaign.Start).Order().ElementAt((int)(TrainingShare * campaigns.Count));
        var earlier = campaigns.Where(campaign => campaign.Start < splitAt).Select(campaign => campaign.Id).ToHashSet();
        var redemptions = files.Redemptions(split: null);
        var asked = (split is null ? redemptions : files.Redemptions(split)).Where(redemption => !earlier.Contains(redemption.Campaign));
        var sentTo = sent.SelectMany(campaign => campaign.Select(household => (household, campaign.Key)))
            .ToLookup(pair => pair.household, pair => pair.Key);

        yield return new Experiment(
            Name,
            [.. CampaignsOf(campaigns, files.CategoriesByCampaign())],
            [.. sentTo.Select(ProfileOf)],
            [
                .. campaigns.Where(campaign => earlier.Contains(campaign.Id))
                    .SelectMany(campaign => sent[campaign.Id].Distinct().Select(household => Sending(campaign, household))),
                .. redemptions.Index()
                    .Where(redemption => earlier.Contains(redemption.Item.Campaign) && redemption.Item.Day < splitAt)
                    .Select(redemption => Conversion(redemption.Item, redemption.Index)),
            ],
            [.. asked.GroupBy(redemption => redemption.Household).SelectMany(household => Questions(household, campaigns, sentTo))],
            Limit,
            [RankingMetrics.HitRate(1), RankingMetrics.HitRate(3), RankingMetrics.ReciprocalRank]);
    }

    private static IEnumerable<Campaign> CampaignsOf(
        IReadOnlyList<JourneyCampaign> campaigns, IReadOnlyDictionary<string, IReadOnlyList<string>> categories) =>
        campaigns.Select(campaign => new Campaign(
            new CampaignId(campaign.Id),
            campaign.Type,
            string.Join(", ", categories.GetValueOrDefault(campaign.Id, []).Take(MaxCategories)),
            campaign.Start,
            campaign.End.AddDays(1),
            new Dictionary<string, IReadOnlyList<string>> { [AudienceOf(campaign.Id)] = ["yes"] }));

    private static IEnumerable<Question> Questions(
        IGrouping<string, JourneyRedemption> household, IReadOnlyList<JourneyCampaign> campaigns, ILookup<string, string> sentTo)
    {
        JourneyRedemption[] redeemed = [.. household.DistinctBy(redemption => redemption.Campaign)];
        foreach (var (index, redemption) in redeemed.Index())
        {
            var before = redeemed[..index].Where(other => other.Day < redemption.Day).ToArray();
            CampaignId[] candidates =
            [
                .. campaigns
                    .Where(campaign => campaign.IsOpen(redemption.Day)
                        && sentTo[household.Key].Contains(campaign.Id)
                        && !Array.Exists(before, other => other.Campaign == campaign.Id))
                    .Select(campaign => new CampaignId(campaign.Id)),
            ];
            var right = new CampaignId(redemption.Campaign);
            if (candidates.Length > 1 && candidates.Contains(right))
            {
                yield return new Question(
                    new UserId(household.Key),
                    redemption.Day,
                    [.. before.Index().Select(other => Conversion(other.Item, other.Index, "later"))],
                    new HashSet<CampaignId> { right },
                    ["all"],
                    candidates);
            }
        }
    }

    private static UserProfile ProfileOf(IGrouping<string, string> household) => new(
        new UserId(household.Key), household.Distinct().ToDictionary(AudienceOf, _ => "yes"));

    private static string AudienceOf(string campaign) => $"sent-{campaign}";

    private static Interaction Sending(JourneyCampaign campaign, string household) => new(
        new EventId($"sent-{campaign.Id}-{household}"),
        new UserId(household),
        InteractionType.View,
        new CampaignId(campaign.Id),
        Text: null,
        campaign.Start);

    private static Interaction Conversion(JourneyRedemption redemption, int index, string part = "redeemed") => new(
        new EventId($"{part}-{redemption.Household}-{redemption.Campaign}-{index}"),
        new UserId(redemption.Household),
        InteractionType.Convert,
        new CampaignId(redemption.Campaign),
        Text: null,
        redemption.Day);
}
