namespace Marketing.Domain;

/// <summary>Limits one user to <paramref name="MaxViews"/> views within <paramref name="Window"/>.</summary>
/// <param name="MaxViews">1 to <see cref="CampaignEdge.MaxRecentViews"/>.</param>
/// <param name="Window">Length of the sliding window; must be positive.</param>
public sealed record FrequencyCap(int MaxViews, TimeSpan Window);
