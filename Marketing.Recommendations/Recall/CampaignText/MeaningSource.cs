using System.Numerics.Tensors;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.CampaignText;

/// <summary>Campaigns whose text means what the user said: works for a campaign that nobody has touched yet.</summary>
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

        // Nothing speaks against a campaign only because it is about something else.
        TensorPrimitives.Subtract(scores, _options.UnrelatedCosine, scores);
        TensorPrimitives.Max(scores, 0f, scores);
        TensorPrimitives.Divide(scores, 1 - _options.UnrelatedCosine, scores);
        return true;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.FromChat(context, ordinal);
}
