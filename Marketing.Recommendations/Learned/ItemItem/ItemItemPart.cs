using System.Numerics.Tensors;
using Marketing.Domain;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>Learned weights: how much having interacted with the campaign of a row speaks for the campaign of a column.</summary>
/// <param name="campaigns">The campaign of each row and column.</param>
/// <param name="weights">Square, row by row.</param>
internal sealed class ItemItemPart(CampaignId[] campaigns, float[] weights)
{
    private readonly Dictionary<CampaignId, int> _rows = campaigns.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

    public ReadOnlySpan<CampaignId> Campaigns => campaigns;

    /// <summary>Whether it has weights of a campaign.</summary>
    public bool Knows(CampaignId campaign) => _rows.ContainsKey(campaign);

    /// <summary>How much having interacted with the one speaks for the other; 0 when either has no weights.</summary>
    public float WeightOf(CampaignId turnedTo, CampaignId campaign) =>
        _rows.TryGetValue(turnedTo, out var row) && _rows.TryGetValue(campaign, out var column)
            ? weights[(row * campaigns.Length) + column]
            : 0;

    /// <summary>Adds the weights of one campaign, times <paramref name="scale"/>, to the scores of all; false when it has none.</summary>
    /// <param name="campaign">What was interacted with.</param>
    /// <param name="scale">How strongly.</param>
    /// <param name="scores">One for each of <see cref="Campaigns"/>.</param>
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
