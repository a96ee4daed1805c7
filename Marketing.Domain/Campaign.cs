namespace Marketing.Domain;

/// <summary>A campaign and the rules that say to whom and when it may be shown.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">What marketers call it.</param>
/// <param name="Text">What it is about, in the words a customer would use; matched with what users say. May be empty.</param>
/// <param name="StartsAt">First instant it may be shown; null: always.</param>
/// <param name="EndsAt">First instant it may no longer be shown; null: never ends.</param>
/// <param name="Audience">Attribute name → accepted values; a user must match every attribute with one of its values. Null or empty: everybody.</param>
/// <param name="FrequencyCap">How often one user may be shown it; null: no limit.</param>
/// <param name="Properties">The caller's free-form JSON object, as it came; null when there was none.</param>
public sealed record Campaign(
    CampaignId Id,
    string Name,
    string Text,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Audience = null,
    FrequencyCap? FrequencyCap = null,
    string? Properties = null);
