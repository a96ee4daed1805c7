using System.Buffers;
using System.Numerics.Tensors;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.Behaviour;

/// <summary>
/// Campaigns that go with the user's interactions: the user's row of the interaction matrix times the item-item weights, or, for a
/// cold-start campaign, the scores of similar campaigns.
/// </summary>
internal sealed class BehaviourSource(IOptions<BehaviourOptions> options, IOptions<ItemItemOptions> itemItem) : IRecallSource
{
    private readonly BehaviourOptions _options = options.Value;
    private readonly ItemItemOptions _itemItem = itemItem.Value;

    public string Name => "behaviour";

    public RecommendationBasis Basis => RecommendationBasis.Behaviour;

    public float Weight => _options.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        if (context.OwnEdges.Count == 0 || context.Models.ItemItem is not { } model)
        {
            return false;
        }

        var goesWith = ScoreKnown(context, model, scores);
        var isLike = ColdStartCampaigns.Score(context, _itemItem.Strength, _options.Familiarity, scores);
        return goesWith || isLike;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.FromBehavior(context, ordinal);

    private bool ScoreKnown(RecommendationContext context, ItemItemPart model, Span<float> scores)
    {
        var ordinals = context.Models.ItemItemOrdinals;
        var buffer = ArrayPool<float>.Shared.Rent(ordinals.Length);
        var predicted = buffer.AsSpan(0, ordinals.Length);
        predicted.Clear();
        var known = false;
        for (var i = 0; i < context.OwnEdges.Count; i++)
        {
            var edge = context.OwnEdges[i];
            var strength = _itemItem.Strength.Of(edge);
            known |= strength > 0 && model.AddRow(edge.CampaignId, strength, predicted);
        }

        // The scale of the weights depends on λ and on the amount of data; only their ratios are meaningful.
        var best = known ? TensorPrimitives.Max<float>(predicted) : 0;
        for (var i = 0; best > 0 && i < ordinals.Length; i++)
        {
            if (ordinals[i] >= 0)
            {
                scores[ordinals[i]] = predicted[i] / best;
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
        return best > 0;
    }
}
