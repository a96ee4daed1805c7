using Marketing.Domain;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Counts one edge's interactions, from newest to oldest.</summary>
internal sealed class EdgeTally(CampaignId campaign)
{
    private readonly int[] _byType = new int[5];
    private readonly List<DateTimeOffset> _recentViews = [];
    private long _lastAt;

    /// <summary>Whether any interaction was counted.</summary>
    public bool Any { get; private set; }

    public void AddOlder(InteractionType type, long occurredAt)
    {
        if (!Any)
        {
            Any = true;
            _lastAt = occurredAt;
        }

        _byType[(int)type]++;
        if (type == InteractionType.View && _recentViews.Count < CampaignEdge.MaxRecentViews)
        {
            _recentViews.Add(DateTimeOffset.FromUnixTimeMilliseconds(occurredAt));
        }
    }

    public CampaignEdge ToEdge(UserId user) => new(
        user,
        campaign,
        _byType[(int)InteractionType.Chat],
        _byType[(int)InteractionType.View],
        _byType[(int)InteractionType.Click],
        _byType[(int)InteractionType.Convert],
        _byType[(int)InteractionType.Dismiss],
        DateTimeOffset.FromUnixTimeMilliseconds(_lastAt),
        _recentViews);
}
