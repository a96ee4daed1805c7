namespace Marketing.Domain;

/// <summary>A campaign and the rules for who may see it and when.</summary>
/// <param name="Id">The campaign's id.</param>
/// <param name="Name">The display name that marketers use.</param>
/// <param name="Text">The topic in words that a customer would use; it is matched against chat messages. May be empty.</param>
/// <param name="StartsAt">Inclusive start of the active window; null means no start.</param>
/// <param name="EndsAt">Exclusive end of the active window; null means no end.</param>
/// <param name="Audience">Attribute name → accepted values. The user must match every attribute. Null or empty means everyone.</param>
/// <param name="FrequencyCap">How often one user may see the campaign; null means no limit.</param>
/// <param name="Properties">The caller's free-form JSON object, unchanged; null if none was sent.</param>
public sealed record Campaign(
    CampaignId Id,
    string Name,
    string Text,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Audience = null,
    FrequencyCap? FrequencyCap = null,
    string? Properties = null);

/// <summary>Limits one user to <paramref name="MaxViews"/> views within <paramref name="Window"/>.</summary>
/// <param name="MaxViews">1 to <see cref="CampaignEdge.MaxRecentViews"/>.</param>
/// <param name="Window">Length of the sliding window; must be positive.</param>
public sealed record FrequencyCap(int MaxViews, TimeSpan Window);
