namespace Marketing.Domain;

/// <summary>At most <paramref name="MaxViews"/> views by one user within <paramref name="Window"/>.</summary>
/// <param name="MaxViews">1 to <see cref="CampaignEdge.MaxRecentViews"/>.</param>
/// <param name="Window">Length of the sliding window, over zero.</param>
public sealed record FrequencyCap(int MaxViews, TimeSpan Window);
