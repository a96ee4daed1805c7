using System.Numerics.Tensors;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.CampaignText;

/// <summary>Campaigns whose text is semantically similar to the user's messages; works for cold-start campaigns.</summary>
internal sealed class MeaningSource(IOptions<CampaignTextOptions> options) : IRecallSource
{
    private readonly CampaignTextOptions _options = options.Value;

    public string Name => "campaignMeaning";

    public RecommendationBasis Basis => RecommendationBasis.Chat;

    public float Weight => _options.MeaningWeight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        if (QueryVector.Of(context.Messages, _options.MessageDiscount) is not { } vector
            || !context.Models.Vectors.Cosines(vector.Span, scores))
        {
            return false;
        }

        scores = scores[..context.Models.Vectors.Count];

        // A different topic is no evidence against a campaign.
        TensorPrimitives.Subtract(scores, _options.UnrelatedCosine, scores);
        TensorPrimitives.Max(scores, 0f, scores);
        TensorPrimitives.Divide(scores, 1 - _options.UnrelatedCosine, scores);
        return true;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.FromChat(context, ordinal);
}
