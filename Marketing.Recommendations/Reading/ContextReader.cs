using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Marketing.Recommendations.Learned;
using Marketing.Recommendations.Learned.Catalog;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Reading;

/// <summary>How much data a strategy needs.</summary>
/// <param name="Messages">Number of the user's newest messages.</param>
/// <param name="Discount">Weight of each message relative to the next newer one in the query vector.</param>
/// <param name="Neighbors">Number of similar users.</param>
/// <param name="EdgesAUser">Number of edges per similar user, the most recent first.</param>
/// <param name="Unlisted">When campaigns outside the catalog are used.</param>
internal readonly record struct ContextDepth(int Messages, float Discount, int Neighbors, int EdgesAUser, UnlistedCampaigns Unlisted);

/// <summary>Does all the I/O of a recommendation, running independent reads concurrently; everything after it is a pure function.</summary>
internal sealed class ContextReader(
    IVectorIndex vectors, IInteractionGraph graph, ICatalog catalog, ModelReader models, StepRunner steps, IOptions<ModelOptions> options, TimeProvider time)
{
    public async ValueTask<RecommendationContext> ReadAsync(
        RecommendationRequest request, ContextDepth depth, CancellationToken cancellationToken)
    {
        var context = new RecommendationContext(request, time.GetUtcNow(), new DegradedStores());
        var messages = ReadMessagesAsync(context, depth.Messages, cancellationToken);
        var ownEdges = ReadEdgesAsync(Step.ReadOwnEdges, context, [request.UserId], int.MaxValue, cancellationToken);
        context.Models = await models.ReadAsync(context.Degraded, cancellationToken);
        var profile = context.Models.Campaigns.HasAudiences ? ReadProfileAsync(context, cancellationToken) : default;

        context.Messages = await messages ?? [];
        await WeighMessagesAsync(context, depth, cancellationToken);
        context.OwnEdges = await ownEdges ?? [];
        context.Profile = await profile;
        return context;
    }

    /// <summary>Finds similar users, and ignores messages and neighbors that are no better than chance.</summary>
    private async ValueTask WeighMessagesAsync(RecommendationContext context, ContextDepth depth, CancellationToken cancellationToken)
    {
        var said = MessageEvidence.Of(context.Messages, context.Models.Profiles);
        context.Messages = said.Messages;
        if (QueryVector.Of(said.Messages, depth.Discount) is not { } vector
            || await SearchAsync(context, vector, depth.Neighbors, cancellationToken) is not { } nearest)
        {
            return;
        }

        if (!said.Holds(nearest))
        {
            context.Messages = [];
            return;
        }

        if (said.Similar(nearest) is { Count: > 0 } neighbors)
        {
            await FollowAsync(context, neighbors, depth, cancellationToken);
        }
    }

    /// <summary>Reads the edges of similar users.</summary>
    private async ValueTask FollowAsync(
        RecommendationContext context, List<SimilarUser> neighbors, ContextDepth depth, CancellationToken cancellationToken)
    {
        var users = neighbors.ConvertAll(static neighbor => neighbor.UserId);
        var edges = await ReadEdgesAsync(Step.ReadNeighborEdges, context, users, depth.EdgesAUser, cancellationToken) ?? [];
        context.Neighbors = neighbors;
        if (depth.Unlisted.AllowedBeside(context.Models.Campaigns))
        {
            context.Models = context.Models.Including(edges, options.Value.MaxUnlistedCampaigns);
        }

        context.NeighborEdges = Resolve(context, users, edges);
    }

    private ValueTask<IReadOnlyList<MessageVector>?> ReadMessagesAsync(
        RecommendationContext context, int count, CancellationToken cancellationToken) =>
        steps.RunAsync<(IVectorIndex Index, UserId User, int Count), IReadOnlyList<MessageVector>>(
            Step.ReadMessages,
            context.Degraded,
            (vectors, context.Request.UserId, count),
            static (ask, token) => ask.Index.LatestAsync(ask.User, ask.Count, token)!,
            cancellationToken);

    private ValueTask<List<SimilarUser>?> SearchAsync(
        RecommendationContext context, ReadOnlyMemory<float> vector, int count, CancellationToken cancellationToken) =>
        steps.RunAsync(
            Step.SearchMessages,
            context.Degraded,
            (Index: vectors, Vector: vector, context.Request.UserId, Count: count),
            static (ask, token) => NeighborSearch.NearestUsersAsync(ask.Index, ask.Vector, ask.UserId, ask.Count, token),
            cancellationToken);

    private ValueTask<IReadOnlyList<CampaignEdge>?> ReadEdgesAsync(
        Step step, RecommendationContext context, IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken) =>
        steps.RunAsync<(IInteractionGraph Graph, IReadOnlyList<UserId> Users, int Max), IReadOnlyList<CampaignEdge>>(
            step,
            context.Degraded,
            (graph, users, maxPerUser),
            static (ask, token) => ask.Graph.EdgesAsync(ask.Users, ask.Max, token)!,
            cancellationToken);

    private ValueTask<UserProfile?> ReadProfileAsync(RecommendationContext context, CancellationToken cancellationToken) =>
        steps.RunAsync(
            Step.ReadProfile,
            context.Degraded,
            (Catalog: catalog, context.Request.UserId),
            static (ask, token) => ask.Catalog.FindUserAsync(ask.UserId, token),
            cancellationToken);

    private static List<NeighborEdge> Resolve(
        RecommendationContext context, List<UserId> users, IReadOnlyList<CampaignEdge> edges)
    {
        var positions = new Dictionary<UserId, int>(users.Count);
        for (var i = 0; i < users.Count; i++)
        {
            positions[users[i]] = i;
        }

        var resolved = new List<NeighborEdge>(edges.Count);
        for (var i = 0; i < edges.Count; i++)
        {
            var edge = edges[i];
            var ordinal = context.Models.Campaigns.OrdinalOf(edge.CampaignId);
            if (ordinal >= 0 && positions.TryGetValue(edge.UserId, out var neighbor))
            {
                resolved.Add(new NeighborEdge(neighbor, ordinal, edge));
            }
        }

        return resolved;
    }
}
