using System.Numerics.Tensors;
using Marketing.Domain;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>Learned weights: how strongly interacting with the row's campaign predicts interest in the column's campaign.</summary>
/// <param name="campaigns">The campaign of each row and column.</param>
/// <param name="weights">Square, row-major.</param>
internal sealed class ItemItemPart(CampaignId[] campaigns, float[] weights)
{
    private readonly Dictionary<CampaignId, int> _rows = campaigns.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

    public ReadOnlySpan<CampaignId> Campaigns => campaigns;

    /// <summary>Whether the campaign has weights.</summary>
    public bool Knows(CampaignId campaign) => _rows.ContainsKey(campaign);

    /// <summary>Returns how strongly one campaign predicts the other; 0 if either has no weights.</summary>
    public float WeightOf(CampaignId turnedTo, CampaignId campaign) =>
        _rows.TryGetValue(turnedTo, out var row) && _rows.TryGetValue(campaign, out var column)
            ? weights[(row * campaigns.Length) + column]
            : 0;

    /// <summary>Adds one campaign's weights, times <paramref name="scale"/>, to all scores; returns false if it has none.</summary>
    /// <param name="campaign">The campaign the user interacted with.</param>
    /// <param name="scale">The strength of the interaction.</param>
    /// <param name="scores">One score per entry of <see cref="Campaigns"/>.</param>
    public bool AddRow(CampaignId campaign, float scale, Span<float> scores)
    {
        if (!_rows.TryGetValue(campaign, out var row))
        {
            return false;
        }

        TensorPrimitives.MultiplyAdd(weights.AsSpan(row * campaigns.Length, campaigns.Length), scale, scores, scores);
        return true;
    }
}
