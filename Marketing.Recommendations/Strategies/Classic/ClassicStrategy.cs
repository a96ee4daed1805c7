using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Recall.Behaviour;
using Marketing.Recommendations.Recall.Popular;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Strategies.Classic;

/// <summary>
/// The last chat message's vector → the K most similar users → the campaigns they interacted with → sorted by total interactions.
/// No blending and no filling up. Without a chat, or without candidates from it, falls back to the user's interactions, then to popularity.
/// </summary>
internal sealed class ClassicStrategy(
    ContextReader reader,
    BehaviourSource behaviour,
    PopularSource popular,
    IOptions<ClassicOptions> options,
    IOptions<PipelineOptions> pipeline) : IRecommendationStrategy
{
    public const string StrategyName = "classic";

    private readonly ContextDepth _depth =
        new(1, 0, options.Value.SimilarUsers, options.Value.EdgesAUser, pipeline.Value.Unlisted());

    public string Name => StrategyName;

    public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        var context = await reader.ReadAsync(request, _depth, cancellationToken);
        using var activity = RecommenderDiagnostics.Activities.StartActivity("rank");
        using var board = new ScoreBoard(1, context.Models.Campaigns.Count);
        return AnswerFrom(RecommendationBasis.Chat, context, board)
            ?? AnswerFrom(RecommendationBasis.Behaviour, context, board)
            ?? AnswerFrom(RecommendationBasis.Popular, context, board)!;
    }

    /// <summary>Returns the answer on one basis, or null if that yields no candidates and another basis is left.</summary>
    private Recommendation? AnswerFrom(RecommendationBasis basis, RecommendationContext context, ScoreBoard board)
    {
        // Candidates are the campaigns with a score above minus infinity.
        var scores = board.Total;
        scores.Fill(float.NegativeInfinity);
        Score(basis, context, board);
        var changesAt = Eligibility.Apply(context, scores, _depth.Unlisted);
        var best = new int[Math.Min(context.Request.Limit, scores.Length)];
        var count = TopCampaigns.Select(scores, best);
        return count == 0 && basis != RecommendationBasis.Popular
            ? null
            : new Recommendation(
                context.Request.UserId.Value,
                StrategyName,
                basis,
                [.. best.Take(count).Select(ordinal => Describe(context, board.ScoreOf(ordinal), ordinal, basis))],
                context.Degraded.ToNames())
            {
                ValidUntil = changesAt,
            };
    }

    private void Score(RecommendationBasis basis, RecommendationContext context, ScoreBoard board)
    {
        var scores = board.Total;
        if (basis == RecommendationBasis.Chat)
        {
            foreach (var (_, ordinal, edge) in context.NeighborEdges)
            {
                // Use the store's totals if available, otherwise those of the similar users.
                scores[ordinal] = context.Models.EngagementPart is not null
                    ? context.Models.Engagement[ordinal].Count.Total
                    : Math.Max(0, scores[ordinal]) + edge.Total;
            }

            return;
        }

        var row = board.Row(0);
        row.Clear();
        var known = basis == RecommendationBasis.Behaviour ? behaviour.Score(context, row) : popular.Score(context, row);
        board.MakeFinite(0);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] > 0 || (!known && basis == RecommendationBasis.Popular))
            {
                scores[i] = row[i];
            }
        }
    }

    private string NameOf(RecommendationBasis basis) => basis switch
    {
        RecommendationBasis.Chat => "totalInteractions",
        RecommendationBasis.Behaviour => behaviour.Name,
        _ => popular.Name,
    };

    private RecommendedCampaign Describe(RecommendationContext context, double score, int ordinal, RecommendationBasis basis)
    {
        var campaigns = context.Models.Campaigns;
        return new RecommendedCampaign(
            campaigns.Campaigns[ordinal].Id.Value,
            campaigns.NameOf(ordinal),
            score,
            Reasons.ForBasis(context, ordinal, basis, ranked: score > 0),
            context.Request.Explain
                ? Evidence.For(context, ordinal, new Dictionary<string, double> { [NameOf(basis)] = score })
                : null);
    }
}
