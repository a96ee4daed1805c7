using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Recall.SimilarUsers;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Strategies.Hybrid;

/// <summary>
/// Blends all recall sources, removes ineligible campaigns, and ranks by relevance and engagement. Falls back implicitly: without
/// chats the user's interactions lead, without those popularity does.
/// </summary>
internal sealed class HybridStrategy(
    ContextReader reader,
    IEnumerable<IRecallSource> sources,
    IOptions<HybridOptions> options,
    IOptions<SimilarUsersOptions> similarUsers,
    IOptions<RankingOptions> ranking,
    IOptions<PipelineOptions> pipeline) : IRecommendationStrategy
{
    public const string StrategyName = "hybrid";

    private readonly IRecallSource[] _sources = [.. sources.Where(source => source.Weight > 0)];
    private readonly string[] _spans = [.. sources.Where(source => source.Weight > 0).Select(source => $"recall.{source.Name}")];
    private readonly RankingOptions _ranking = ranking.Value;

    private readonly ContextDepth _depth = new(
        options.Value.Messages,
        options.Value.MessageDiscount,
        similarUsers.Value.Users,
        similarUsers.Value.EdgesAUser,
        pipeline.Value.Unlisted());

    public string Name => StrategyName;

    public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        var context = await reader.ReadAsync(request, _depth, cancellationToken);
        using var board = new ScoreBoard(_sources.Length, context.Models.Campaigns.Count);
        Recall(context, board);
        Blend(board);
        var changesAt = LeaveOutIneligible(context, board);
        var best = Rank(context, board);
        return Answer(context, board, best) with { ValidUntil = changesAt };
    }

    private void Recall(RecommendationContext context, ScoreBoard board)
    {
        using var activity = RecommenderDiagnostics.Activities.StartActivity("recall");
        for (var i = 0; i < _sources.Length; i++)
        {
            using var ofSource = RecommenderDiagnostics.Activities.StartActivity(_spans[i]);
            _ = _sources[i].Score(context, board.Row(i));
        }
    }

    private void Blend(ScoreBoard board)
    {
        using var activity = RecommenderDiagnostics.Activities.StartActivity("blend");
        for (var i = 0; i < _sources.Length; i++)
        {
            board.AddToTotal(i, _sources[i].Weight);
        }
    }

    private DateTimeOffset? LeaveOutIneligible(RecommendationContext context, ScoreBoard board)
    {
        using var activity = RecommenderDiagnostics.Activities.StartActivity("eligibility");
        return Eligibility.Apply(context, board.Total, _depth.Unlisted);
    }

    private int[] Rank(RecommendationContext context, ScoreBoard board)
    {
        using var activity = RecommenderDiagnostics.Activities.StartActivity("rank");
        var models = context.Models;
        EngagementRanking.Apply(board.Total, models.Engagement, models.EngagementPart?.PriorRate ?? 0, _ranking.EngagementInfluence);
        var best = new int[Math.Min(context.Request.Limit, models.Campaigns.Count)];
        var count = TopCampaigns.Select(board.Total, best);
        return count == best.Length ? best : best[..count];
    }

    private Recommendation Answer(RecommendationContext context, ScoreBoard board, int[] best)
    {
        var campaigns = new RecommendedCampaign[best.Length];
        var basis = RecommendationBasis.Popular;
        for (var i = 0; i < best.Length; i++)
        {
            var contributions = new Contributions(_sources, board, best[i]);
            campaigns[i] = Describe(context, board, best[i], contributions);
            basis = contributions.Basis < basis ? contributions.Basis : basis;
        }

        return new Recommendation(
            context.Request.UserId.Value, StrategyName, basis, campaigns, context.Degraded.ToNames());
    }

    private static RecommendedCampaign Describe(
        RecommendationContext context, ScoreBoard board, int ordinal, in Contributions contributions)
    {
        var campaigns = context.Models.Campaigns;
        return new RecommendedCampaign(
            campaigns.Campaigns[ordinal].Id.Value,
            campaigns.NameOf(ordinal),
            board.ScoreOf(ordinal),
            Reasons.For(context, ordinal, contributions.Main),
            context.Request.Explain ? Evidence.For(context, ordinal, contributions.ToDictionary()) : null);
    }
}
