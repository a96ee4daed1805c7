using System.Collections.Concurrent;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Documentation.Examples;

#region InMemoryGraph
/// <summary>The graph in a dictionary, which starts empty and is filled by a rebuild.</summary>
internal sealed class InMemoryGraph : IInteractionGraph
{
    private readonly ConcurrentDictionary<(UserId User, CampaignId Campaign), CampaignEdge> _edges = new();

    public Task UpsertAsync(IReadOnlyList<CampaignEdge> edges, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var edge in edges)
        {
            _edges[(edge.UserId, edge.CampaignId)] = edge;
        }

        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<CampaignEdge>> EdgesAsync(
        IReadOnlyList<UserId> users, int maxPerUser, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<CampaignEdge>>([.. users.Distinct().SelectMany(user => Of(user).Take(maxPerUser))]);

    public Task RemoveAsync(IReadOnlyList<(UserId UserId, CampaignId CampaignId)> edges, CancellationToken cancellationToken)
    {
        foreach (var edge in edges)
        {
            _edges.TryRemove(edge, out _);
        }

        return Task.CompletedTask;
    }

    public Task RemoveUserAsync(UserId userId, CancellationToken cancellationToken) =>
        RemoveAsync([.. Of(userId).Select(edge => (edge.UserId, edge.CampaignId))], cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)_edges.Count);

    public IAsyncEnumerable<IReadOnlyList<CampaignEdge>> ScanAsync(int batchSize, CancellationToken cancellationToken) =>
        _edges.Values.GroupBy(edge => edge.UserId).Select(IReadOnlyList<CampaignEdge> (user) => [.. user]).ToAsyncEnumerable();

    // It keeps nothing twice.
    public Task<long> VerifyAsync(bool repair, CancellationToken cancellationToken) => Task.FromResult(0L);

    // In place: the projection overwrites every edge, then removes those that the log does not have.
    public Task RebuildAsync(Func<IInteractionGraph, CancellationToken, Task> fill, CancellationToken cancellationToken) =>
        fill(this, cancellationToken);

    private IEnumerable<CampaignEdge> Of(UserId user) =>
        _edges.Values.Where(edge => edge.UserId == user).OrderByDescending(edge => edge.LastAt);
}
#endregion

#region InMemoryGraphTests
public sealed class InMemoryGraphTests : InteractionGraphContract
{
    protected override Task<IGraphStore> OpenAsync() => Task.FromResult<IGraphStore>(new InMemoryGraphStore());
}
#endregion

internal sealed class InMemoryGraphStore : IGraphStore
{
    public IInteractionGraph Graph { get; } = new InMemoryGraph();

    public Task ReopenAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
