using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Ranking;
using Marketing.Recommendations.Reading;
using Marketing.Recommendations.Recall;
using Marketing.Recommendations.Strategies;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Documentation.Examples;

#region NewestStrategy
/// <summary>The campaigns that started last, for everyone.</summary>
internal sealed class NewestStrategy(ContextReader reader, NewestSource newest, IOptions<PipelineOptions> pipeline) : IRecommendationStrategy
{
    // The least that can be read: the score does not depend on what people said.
    private readonly ContextDepth _depth = new(Messages: 1, Discount: 0, Neighbors: 1, EdgesAUser: 1, pipeline.Value.Unlisted());

    public string Name => "newest";

    public async ValueTask<Recommendation> RecommendAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        var context = await reader.ReadAsync(request, _depth, cancellationToken);
        using var board = new ScoreBoard(1, context.Models.Campaigns.Count);
        _ = newest.Score(context, board.Row(0));
        board.AddToTotal(0, weight: 1);

        // Always, before anything is selected. The cache keeps no answer beyond the time that it returns.
        var changesAt = Eligibility.Apply(context, board.Total, _depth.Unlisted);
        var best = new int[Math.Min(request.Limit, context.Models.Campaigns.Count)];
        var count = TopCampaigns.Select(board.Total, best);
        return new Recommendation(
            request.UserId.Value,
            Name,
            newest.Basis,
            [.. best.Take(count).Select(ordinal => Describe(context, board.ScoreOf(ordinal), ordinal))],
            context.Degraded.ToNames())
        {
            ValidUntil = changesAt,
        };
    }

    private RecommendedCampaign Describe(RecommendationContext context, double score, int ordinal)
    {
        var campaigns = context.Models.Campaigns;
        var evidence = context.Request.Explain
            ? Evidence.For(context, ordinal, new Dictionary<string, double> { [newest.Name] = score })
            : null;
        var reason = Reasons.For(context, ordinal, score > 0 ? newest : null);
        return new RecommendedCampaign(campaigns.Campaigns[ordinal].Id.Value, campaigns.NameOf(ordinal), score, reason, evidence);
    }
}
#endregion
