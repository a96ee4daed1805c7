using Marketing.Domain;

namespace Marketing.Projections.Samples;

/// <summary>
/// A sample retail bank with campaigns, customers and interactions. Only the times vary, relative to the world's end; ids never
/// change.
/// </summary>
/// <param name="Campaigns">About thirty; one has ended, and some have an audience.</param>
/// <param name="Users">The customers with attributes.</param>
/// <param name="Interactions">The last sixty days, oldest first.</param>
public sealed record SampleWorld(
    IReadOnlyList<Campaign> Campaigns, IReadOnlyList<UserProfile> Users, IReadOnlyList<Interaction> Interactions)
{
    /// <summary>A customer whose card was declined abroad; use this user for a first recommendation.</summary>
    public static UserId SampleUser { get; } = new("nora");

    /// <summary>Creates the world as of <paramref name="endsAt"/>; no interaction is later.</summary>
    public static SampleWorld Create(DateTimeOffset endsAt)
    {
        var bank = SampleBank.Load();
        var end = DateTimeOffset.FromUnixTimeMilliseconds(endsAt.ToUnixTimeMilliseconds());
        var campaigns = bank.Campaigns.Select(campaign => campaign.At(end)).ToList();
        var customers = new SampleCustomers(bank, end);
        customers.Live();
        return new SampleWorld(campaigns, customers.Profiles, customers.Interactions);
    }

    /// <summary>Whether all of these campaigns belong to the sample.</summary>
    public static bool HasAll(IEnumerable<Campaign> campaigns)
    {
        var own = SampleBank.Load().Campaigns.Select(static campaign => campaign.Id).ToHashSet(StringComparer.Ordinal);
        return campaigns.All(campaign => own.Contains(campaign.Id.Value));
    }
}
