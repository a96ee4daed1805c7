using Marketing.Recommender.Pipeline;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Sources.Popular;

/// <summary>What does well with everybody: the shrunk rate, where there is much to go by more than where there is little.</summary>
internal sealed class PopularSource(IOptions<PopularOptions> options) : IRecallSource
{
    private readonly PopularOptions _options = options.Value;

    public string Name => "popular";

    public RecommendationBasis Basis => RecommendationBasis.Popular;

    public float Weight => _options.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var engagement = context.Models.Engagement;
        float maxRate = 0, maxVolume = 0;
        foreach (var campaign in engagement)
        {
            maxRate = Math.Max(maxRate, campaign.Rate);
            maxVolume = Math.Max(maxVolume, campaign.Volume);
        }

        if (maxRate == 0)
        {
            return false;
        }

        var scale = 1 / MathF.Log(2 + maxVolume);
        for (var i = 0; i < engagement.Length; i++)
        {
            scores[i] = engagement[i].Rate / maxRate * MathF.Log(2 + engagement[i].Volume) * scale;
        }

        return true;
    }
}
