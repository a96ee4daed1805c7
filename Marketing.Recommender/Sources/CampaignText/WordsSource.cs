using Marketing.Recommender.Pipeline;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Sources.CampaignText;

/// <summary>Campaigns that share words with what the user said, the rarer the better: names and products, which an embedding blurs.</summary>
internal sealed class WordsSource(IOptions<CampaignTextOptions> options) : IRecallSource
{
    private readonly CampaignTextOptions _options = options.Value;

    public string Name => "campaignWords";

    public RecommendationBasis Basis => RecommendationBasis.Chat;

    public float Weight => _options.WordsWeight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var matched = false;
        var scale = 1f;
        for (var i = 0; i < context.Messages.Count; i++, scale *= _options.MessageDiscount)
        {
            matched |= context.Models.Terms.AddScores(context.Messages[i].Terms.Span, scale, scores);
        }

        if (matched)
        {
            foreach (ref var score in scores)
            {
                score /= score + _options.HalfMatch;
            }
        }

        return matched;
    }
}
