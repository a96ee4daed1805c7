namespace Marketing.Domain;

/// <summary>
/// The whole state of what one user did with one campaign: the edge <c>(:User)-[:INTERACTED]->(:Campaign)</c>.
/// Always computed from the log and written absolutely, so that writing it twice, or late, changes nothing.
/// </summary>
/// <param name="UserId">Who.</param>
/// <param name="CampaignId">With which campaign.</param>
/// <param name="Chats">How often the user spoke about it.</param>
/// <param name="Views">How often it was shown.</param>
/// <param name="Clicks">How often it was followed.</param>
/// <param name="Conversions">How often it did what was asked.</param>
/// <param name="Dismissals">How often it was sent away.</param>
/// <param name="LastAt">Time of the newest of these interactions.</param>
/// <param name="RecentViews">Times of the newest views, newest first, at most <see cref="MaxRecentViews"/>; for frequency caps.</param>
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
    /// <summary>How many view times an edge remembers, and so the largest frequency cap.</summary>
    public const int MaxRecentViews = 10;

    /// <summary>All interactions of any kind, the figure that <c>classic</c> ranks by.</summary>
    public int Total => Chats + Views + Clicks + Conversions + Dismissals;

    /// <summary>The edge that follows from all interactions of one user with one campaign, in any order.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="campaignId">With which campaign.</param>
    /// <param name="interactions">At least one; each once.</param>
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
