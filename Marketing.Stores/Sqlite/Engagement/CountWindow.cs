using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Engagement;

/// <summary>
/// The counts since one hour, kept up to date in memory: what a recommendation asks for every time. The list is made
/// again only when something was written since it was last asked for.
/// </summary>
internal sealed class CountWindow(long? fromHour, Dictionary<int, Tally> sums, NumberedNames campaigns)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<CampaignCount>? _counts;

    /// <summary>When it was last asked for; the window least asked for makes room.</summary>
    public long LastUsed { get; set; }

    public IReadOnlyList<CampaignCount> Counts()
    {
        if (_counts is { } counts)
        {
            return counts;
        }

        lock (_gate)
        {
            return _counts ??= [.. sums.Where(sum => !sum.Value.IsZero)
                .Select(sum => sum.Value.ToCount(new CampaignId(campaigns[sum.Key])))
                .OrderBy(count => count.CampaignId)];
        }
    }

    /// <summary>Hours at or after which it counts; null: ever.</summary>
    public long? FromHour => fromHour;

    /// <summary>How many campaigns it counts otherwise than the given sums.</summary>
    public long Differences(Dictionary<int, Tally> right)
    {
        lock (_gate)
        {
            return sums.Keys.Union(right.Keys).Count(campaign => sums.GetValueOrDefault(campaign) != right.GetValueOrDefault(campaign));
        }
    }

    public void Add(Dictionary<(long Hour, int Campaign), Tally> differences)
    {
        lock (_gate)
        {
            foreach (var ((hour, campaign), difference) in differences)
            {
                if (fromHour is null || hour >= fromHour)
                {
                    sums[campaign] = sums.GetValueOrDefault(campaign) + difference;
                    _counts = null;
                }
            }
        }
    }
}
