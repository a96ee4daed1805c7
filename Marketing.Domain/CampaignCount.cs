namespace Marketing.Domain;

/// <summary>Interaction counts of one campaign within a time window.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Chats">Chats that name the campaign.</param>
/// <param name="Views">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Conversions">Conversions.</param>
/// <param name="Dismissals">Dismissals.</param>
public readonly record struct CampaignCount(
    CampaignId CampaignId, long Chats, long Views, long Clicks, long Conversions, long Dismissals)
{
    /// <summary>Interactions of all types.</summary>
    public long Total => Chats + Views + Clicks + Conversions + Dismissals;
}
