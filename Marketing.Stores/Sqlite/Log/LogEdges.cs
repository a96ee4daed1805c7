using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Computes edges from the log by scanning each user's part of one index, without reading any row.</summary>
internal static class LogEdges
{
    private const string SelectOfUser =
        """
        SELECT campaign_id, type, occurred_at FROM interactions INDEXED BY interactions_by_user
        WHERE erased = 0 AND user_id = ?1 AND campaign_id IS NOT NULL ORDER BY occurred_at DESC
        """;

    private const string FindCampaign = "SELECT id FROM campaign_names WHERE name = ?1";

    public static List<CampaignEdge> Compute(
        SqliteSession session, IReadOnlyCollection<(UserId UserId, CampaignId CampaignId)> pairs)
    {
        var edges = new List<CampaignEdge>(pairs.Count);
        var campaigns = new Dictionary<CampaignId, long?>();
        var wanted = new Dictionary<long, EdgeTally>();
        foreach (var ofUser in pairs.GroupBy(pair => pair.UserId))
        {
            if (UserNumbers.Find(session, ofUser.Key.Value) is not { } user)
            {
                continue;
            }

            wanted.Clear();
            foreach (var (_, campaign) in ofUser)
            {
                if (NumberOf(session, campaigns, campaign) is { } number)
                {
                    wanted.TryAdd(number, new EdgeTally(campaign));
                }
            }

            Count(session, user, wanted);
            edges.AddRange(wanted.Values.Where(tally => tally.Any).Select(tally => tally.ToEdge(ofUser.Key)));
        }

        return edges;
    }

    private static void Count(SqliteSession session, long user, Dictionary<long, EdgeTally> wanted)
    {
        var row = session[SelectOfUser].Bind(1, user);
        while (row.Step())
        {
            if (wanted.TryGetValue(row.Int64(0), out var tally))
            {
                tally.AddOlder((InteractionType)row.Int32(1), row.Int64(2));
            }
        }
    }

    private static long? NumberOf(SqliteSession session, Dictionary<CampaignId, long?> known, CampaignId campaign)
    {
        if (!known.TryGetValue(campaign, out long? number))
        {
            known[campaign] = number = session[FindCampaign].Bind(1, campaign.Value).Scalar();
        }

        return number;
    }
}
