using System.Numerics.Tensors;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Reading;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Recall.SimilarUsers;

/// <summary>
/// Campaigns that users with similar messages interacted with: a vote weighted by similarity and interaction strength.
/// Nearest-neighbor collaborative filtering, with conversations instead of ratings as the neighborhood.
/// </summary>
internal sealed class SimilarUsersSource(IOptions<SimilarUsersOptions> options) : IRecallSource
{
    private readonly SimilarUsersOptions _options = options.Value;

    public string Name => "similarUsers";

    public RecommendationBasis Basis => RecommendationBasis.Chat;

    public float Weight => _options.Weight;

    public bool Score(RecommendationContext context, Span<float> scores)
    {
        var voters = Math.Min(context.Neighbors.Count, _options.Users);
        Span<float> weights = stackalloc float[voters];
        var total = _options.UndecidedVotes;
        for (var i = 0; i < voters; i++)
        {
            weights[i] = MathF.Pow(Math.Max(0, context.Neighbors[i].Similarity), _options.Sharpness);
            total += weights[i];
        }

        var voted = false;
        foreach (var (neighbor, ordinal, edge) in context.NeighborEdges)
        {
            if (neighbor < voters)
            {
                scores[ordinal] += weights[neighbor] * _options.Strength.Of(edge);
                voted = true;
            }
        }

        if (voted && total > 0)
        {
            TensorPrimitives.Divide(scores, total, scores);
        }

        return voted;
    }

    public string ReasonFor(RecommendationContext context, int ordinal) => Reasons.FromChat(context, ordinal);
}
