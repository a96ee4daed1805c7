namespace Marketing.Domain;

/// <summary>Engagement of one campaign within a window.</summary>
/// <param name="CampaignId">Which.</param>
/// <param name="Chats">Chats that named it.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
public readonly record struct CampaignCount(
    CampaignId CampaignId, long Chats, long Views, long Clicks, long Conversions, long Dismissals)
{
    /// <summary>All interactions of any kind.</summary>
    public long Total => Chats + Views + Clicks + Conversions + Dismissals;
}
