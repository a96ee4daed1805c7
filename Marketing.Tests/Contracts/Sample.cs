using Marketing.Domain;

namespace Marketing.Tests.Contracts;

/// <summary>Short ways to create interactions and edges.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static Interaction Chat(string id, string user = "u-1", string text = "my card was declined", int minutes = 0, string? campaign = null) =>
        new(new EventId(id), new UserId(user), InteractionType.Chat, campaign is null ? null : new CampaignId(campaign), text, Noon.AddMinutes(minutes));

    public static Interaction Event(string id, InteractionType type, string user = "u-1", string campaign = "c-1", int minutes = 0) =>
        new(new EventId(id), new UserId(user), type, new CampaignId(campaign), null, Noon.AddMinutes(minutes));

    public static EventId[] Ids(params string[] ids) => [.. ids.Select(id => new EventId(id))];

    public static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> batches)
    {
        var all = new List<T>();
        await foreach (var batch in batches)
        {
            all.AddRange(batch);
        }

        return all;
    }

    /// <summary>Formats an edge for comparison by value, because records compare their list by reference.</summary>
    public static string Describe(CampaignEdge edge) =>
        $"{edge with { RecentViews = [] }} {string.Join(' ', edge.RecentViews.Select(at => at.ToUnixTimeMilliseconds()))}";
}
