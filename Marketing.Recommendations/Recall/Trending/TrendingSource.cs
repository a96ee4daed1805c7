using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.Trending;

/// <summary>Campaigns with rising activity: the last day against an average day of the week before, on a logarithmic scale.</summary>
internal sealed class TrendingSource(IOptions<TrendingOptions> options) : IRecallSource
{
    private readonly TrendingOptions _options = options.Value;

    public string Name => "trending";

    public RecommendationBasis Basis => RecommendationBasis.Popular;

    public float Weight => _options.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var engagement = context.Models.Engagement;
        var share = context.GeneralShare();
        var scale = share / MathF.Log(_options.FullTrend);
        var any = false;
        for (var i = 0; i < engagement.Length; i++)
        {
            if (engagement[i].Trend > 1)
            {
                scores[i] = Math.Min(share, MathF.Log(engagement[i].Trend) * scale);
                any = true;
            }
        }

        return any;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => "More activity than usual in the last day";
}
