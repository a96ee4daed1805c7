using System.ComponentModel.DataAnnotations;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Documentation.Examples;

#region NewestSource
/// <summary>How much it counts that a campaign is new.</summary>
internal sealed record NewestOptions
{
    public const string Section = "Recommender:Hybrid:Newest";

    /// <summary>Weight of this source in the blend; 0 until an evaluation shows that it helps.</summary>
    [Range(0, 100)]
    public float Weight { get; init; }
}

/// <summary>Campaigns that started recently: the score halves in a week.</summary>
internal sealed class NewestSource(IOptions<NewestOptions> options) : IRecallSource
{
    public string Name => "newest";

    public RecommendationBasis Basis => RecommendationBasis.Popular;

    public float Weight => options.Value.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var campaigns = context.Models.Campaigns.Campaigns;
        var any = false;
        for (var i = 0; i < campaigns.Length; i++)
        {
            if (campaigns[i].StartsAt is { } start && start <= context.Now)
            {
                scores[i] = 7 / (7 + (float)(context.Now - start).TotalDays);
                any = true;
            }
        }

        return any;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => "Started recently";
}
#endregion
