using Marketing.Domain;
using Marketing.Projections.Samples;

namespace Marketing.Tests.Ingest;

public sealed class SampleWorldTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly SampleWorld World = SampleWorld.Create(End);

    [Fact]
    public void It_is_the_same_every_time_and_only_the_times_move()
    {
        var later = SampleWorld.Create(End.AddDays(3));

        Assert.Equal(
            World.Interactions.Select(interaction => interaction with { OccurredAt = interaction.OccurredAt.AddDays(3) }),
            later.Interactions);
    }

    [Fact]
    public void Every_interaction_has_an_id_of_its_own_and_is_over_by_the_end()
    {
        Assert.Equal(World.Interactions.Count, World.Interactions.Select(interaction => interaction.Id).Distinct().Count());
        Assert.All(World.Interactions, interaction => Assert.InRange(interaction.OccurredAt, End.AddDays(-61), End));
    }

    [Fact]
    public void Every_interaction_is_valid()
    {
        var campaigns = World.Campaigns.Select(campaign => campaign.Id).ToHashSet();
        Assert.All(World.Interactions, interaction =>
        {
            Assert.Equal(interaction.Type == InteractionType.Chat, !string.IsNullOrWhiteSpace(interaction.Text));
            Assert.Equal(interaction.Type != InteractionType.Chat, interaction.CampaignId is { } id && campaigns.Contains(id));
        });
    }

    [Fact]
    public void Customers_who_ask_about_paying_abroad_follow_the_travel_card_more_than_others_do()
    {
        var travellers = World.Interactions
            .Where(interaction => interaction.Text?.Contains("exchange rate", StringComparison.OrdinalIgnoreCase) == true)
            .Select(interaction => interaction.UserId)
            .ToHashSet();

        Assert.True(ClickRate(travellers.Contains) > 1.5 * ClickRate(user => !travellers.Contains(user)));
    }

    [Fact]
    public void The_sample_user_has_chatted_and_has_not_converted()
    {
        var own = World.Interactions.Where(interaction => interaction.UserId == SampleWorld.SampleUser).ToList();

        Assert.Contains(own, interaction => interaction.Type == InteractionType.Chat);
        Assert.DoesNotContain(own, interaction => interaction.Type == InteractionType.Convert);
    }

    private static double ClickRate(Func<UserId, bool> of)
    {
        var touched = World.Interactions
            .Where(interaction => interaction.CampaignId?.Value == "travel-card" && of(interaction.UserId))
            .ToLookup(interaction => interaction.Type);
        return (double)touched[InteractionType.Click].Count() / touched[InteractionType.View].Count();
    }
}
