using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.Popular;

/// <summary>Campaigns that perform well overall: the shrunk engagement rate, scaled up by demand.</summary>
internal sealed class PopularSource(IOptions<PopularOptions> options) : IRecallSource
{
    private readonly PopularOptions _options = options.Value;

    public string Name => "popular";

    public RecommendationBasis Basis => RecommendationBasis.Popular;

    public float Weight => _options.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var engagement = context.Models.Engagement;
        float maxRate = 0, maxDemand = 0;
        foreach (var campaign in engagement)
        {
            maxRate = Math.Max(maxRate, campaign.Rate);
            maxDemand = Math.Max(maxDemand, campaign.Demand);
        }

        if (maxRate == 0)
        {
            return false;
        }

        var scale = context.GeneralShare() / MathF.Log(2 + maxDemand);
        for (var i = 0; i < engagement.Length; i++)
        {
            scores[i] = engagement[i].Rate / maxRate * MathF.Log(2 + engagement[i].Demand) * scale;
        }

        return true;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.InGeneral(context, ordinal, ranked: true);
}
