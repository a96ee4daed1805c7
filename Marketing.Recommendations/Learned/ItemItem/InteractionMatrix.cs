using Marketing.Domain;
using Marketing.Recommendations.Learned.Catalog;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>Builds the sparse user-campaign matrix X and its dense Gram matrix X'X.</summary>
internal sealed class InteractionMatrix(InteractionStrength strength)
{
    private readonly Dictionary<CampaignId, int> _columns = [];
    private readonly List<CampaignId> _campaigns = [];
    private readonly List<int> _interactions = [];
    private readonly List<(int Column, float Value)> _entries = [];
    private readonly List<int> _userStarts = [];
    private UserId? _user;

    /// <summary>Adds edges, which must be grouped by user.</summary>
    public void Add(IReadOnlyList<CampaignEdge> edges)
    {
        foreach (var edge in edges)
        {
            var value = strength.Of(edge);
            if (value <= 0)
            {
                continue;
            }

            if (_user != edge.UserId)
            {
                _user = edge.UserId;
                _userStarts.Add(_entries.Count);
            }

            var column = ColumnOf(edge.CampaignId);
            _interactions[column]++;
            _entries.Add((column, value));
        }
    }

    /// <summary>
    /// Returns the campaigns with the most users, ties broken by id, with a separate limit for campaigns outside the catalog.
    /// </summary>
    public CampaignId[] Campaigns(int max, CampaignTable? catalog, int maxUnlisted) =>
        [.. BoundedCampaigns.Keep(_campaigns, static id => id, id => _interactions[_columns[id]], catalog, maxUnlisted)
            .OrderByDescending(id => _interactions[_columns[id]]).ThenBy(id => id).Take(max)];

    /// <summary>Returns X'X over these campaigns, row-major and symmetric.</summary>
    public double[] Gram(CampaignId[] campaigns)
    {
        var n = campaigns.Length;
        var compact = new int[_campaigns.Count];
        Array.Fill(compact, -1);
        for (var i = 0; i < n; i++)
        {
            compact[_columns[campaigns[i]]] = i;
        }

        var gram = new double[(long)n * n];
        for (var user = 0; user < _userStarts.Count; user++)
        {
            var end = user + 1 < _userStarts.Count ? _userStarts[user + 1] : _entries.Count;
            for (var a = _userStarts[user]; a < end; a++)
            {
                var row = compact[_entries[a].Column];
                if (row < 0)
                {
                    continue;
                }

                for (var b = _userStarts[user]; b < end; b++)
                {
                    var column = compact[_entries[b].Column];
                    if (column >= 0)
                    {
                        gram[((long)row * n) + column] += _entries[a].Value * _entries[b].Value;
                    }
                }
            }
        }

        return gram;
    }

    private int ColumnOf(CampaignId campaign)
    {
        if (!_columns.TryGetValue(campaign, out var column))
        {
            column = _campaigns.Count;
            _columns.Add(campaign, column);
            _campaigns.Add(campaign);
            _interactions.Add(0);
        }

        return column;
    }
}
