using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>The in-memory state that a rebuild fills, as a graph.</summary>
internal sealed class GraphBuild(SqliteInteractionGraph graph, GraphState state) : IInteractionGraph
{
    public Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken) =>
        graph.UpsertAsync(edges, state, cancellationToken);

    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<CampaignEdge>>(SqliteInteractionGraph.Edges(state, users, maxPerUser));

    public Task RemoveAsync(IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken) =>
        graph.RemoveAsync(edges, state, cancellationToken);

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        graph.RemoveUserAsync(userId, state, cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult(state.Edges);

    public IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        SqliteInteractionGraph.ScanAsync(state, batchSize, cancellationToken);

    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

/// <summary>The result of a transaction: some users' new edges; null when a user has none left.</summary>
/// <param name="Users">Each user's edges as bytes.</param>
/// <param name="SavedNames">The number of campaign names in the file after it.</param>
internal readonly record struct GraphChange(Dictionary<UserId, byte[]?> Users, int SavedNames);
