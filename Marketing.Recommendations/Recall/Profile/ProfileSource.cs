using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.Profile;

/// <summary>
/// Campaigns whose customers, or whose text, use the user's words. Matches names and products, which an embedding blurs; a cold-start
/// campaign is matched by its text alone.
/// </summary>
internal sealed class ProfileSource(IOptions<ProfileSourceOptions> options) : IRecallSource
{
    public string Name => "customerWords";

    public RecommendationBasis Basis => RecommendationBasis.Chat;

    public float Weight { get; } = options.Value.Weight;

    public bool Score(RecommendationContext context, Span<float> scores) =>
        context.Messages.Count > 0
        && context.Models.Profiles is { } profiles
        && profiles.Score(context.Messages, scores);

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.FromChat(context, ordinal);
}
