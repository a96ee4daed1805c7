using Marketing.Domain;

namespace Marketing.Projections.Samples;

/// <summary>
/// A retail bank to try the product with: its campaigns, its customers and what they said and did.
/// The same every time but for the times, which are relative to its end; the ids never change.
/// </summary>
/// <param name="Campaigns">About thirty, one of them over, some for an audience only.</param>
/// <param name="Users">The attributes of the customers who have any.</param>
/// <param name="Interactions">What happened in the last sixty days, oldest first.</param>
public sealed record SampleWorld(
    IReadOnlyList<Campaign> Campaigns, IReadOnlyList<UserProfile> Users, IReadOnlyList<Interaction> Interactions)
{
    /// <summary>A customer whose card was declined abroad: the one to ask a first recommendation for.</summary>
    public static UserId SampleUser { get; } = new("nora");

    /// <summary>Makes the world as it is at <paramref name="endsAt"/>, the time of the last interaction at the latest.</summary>
    public static SampleWorld Create(DateTimeOffset endsAt)
    {
        var bank = SampleBank.Load();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(endsAt.ToUnixTimeMilliseconds());
        var campaigns = bank.Campaigns.Select(campaign => campaign.At(end)).ToList();
        var customers = new SampleCustomers(bank, end);
        customers.Live();
        return new SampleWorld(campaigns, customers.Profiles, customers.Interactions);
    }

    /// <summary>Whether each of the given campaigns is one of the sample's.</summary>
    public static bool HasAll(IEnumerable<Campaign> campaigns)
    {
        var own = SampleBank.Load().Campaigns.Select(static campaign => campaign.Id).ToHashSet(StringComparer.Ordinal);
        return campaigns.All(campaign => own.Contains(campaign.Id.Value));
    }
}
