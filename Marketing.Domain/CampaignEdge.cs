namespace Marketing.Domain;

/// <summary>
/// Everything one user did with one campaign: the edge <c>(:User)-[:INTERACTED]->(:Campaign)</c>.
/// Always computed from the log and written as a whole, so late and repeated writes are idempotent.
/// </summary>
/// <param name="UserId">The user.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Chats">Chats by the user that name the campaign.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
/// <param name="LastAt">Time of the newest interaction.</param>
/// <param name="RecentViews">Times of the newest views, newest first, at most <see cref="MaxRecentViews"/>; used for frequency caps.</param>
public sealed record CampaignEdge(
    UserId UserId,
    CampaignId CampaignId,
    int Chats,
    int Views,
    int Clicks,
    int Conversions,
    int Dismissals,
    DateTimeOffset LastAt,
    IReadOnlyList<DateTimeOffset> RecentViews)
{
    /// <summary>The number of view times kept per edge, and therefore the largest frequency cap.</summary>
    public const int MaxRecentViews = 10;

    /// <summary>Interactions of all types; <c>classic</c> ranks by this number.</summary>
    public int Total => Chats + Views + Clicks + Conversions + Dismissals;

    /// <summary>Builds the edge from all interactions of one user with one campaign, in any order.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="interactions">At least one, without duplicates.</param>
    public static CampaignEdge Of(UserId userId, CampaignId campaignId, IEnumerable<Interaction> interactions)
    {
        var counts = new int[Enum.GetValues<InteractionType>().Length];
        var views = new List<DateTimeOffset>();
        var lastAt = DateTimeOffset.MinValue;
        foreach (var interaction in interactions)
        {
            counts[(int)interaction.Type]++;
            lastAt = interaction.OccurredAt > lastAt ? interaction.OccurredAt : lastAt;
            if (interaction.Type == InteractionType.View)
            {
                views.Add(interaction.OccurredAt);
            }
        }

        return new(
            userId,
            campaignId,
            counts[(int)InteractionType.Chat],
            counts[(int)InteractionType.View],
            counts[(int)InteractionType.Click],
            counts[(int)InteractionType.Convert],
            counts[(int)InteractionType.Dismiss],
            lastAt,
            [.. views.OrderDescending().Take(MaxRecentViews)]);
    }
}
