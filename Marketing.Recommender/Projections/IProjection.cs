using Marketing.Recommender.Model;

namespace Marketing.Recommender.Projections;

/// <summary>
/// State that follows from the log. Applying is idempotent and independent of order, and independent of every other projection.
/// </summary>
public interface IProjection
{
    /// <summary>Its name in addresses, logs and metrics: <c>vectors</c>, <c>graph</c>, <c>engagement</c>.</summary>
    string Name { get; }

    /// <summary>Brings the projection up to date with these interactions of the log; any batch, any order, any number of times.</summary>
    Task ApplyAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken);

    /// <summary>Takes a user out for good.</summary>
    Task EraseAsync(UserId userId, CancellationToken cancellationToken);

    /// <summary>Rebuilds from the log while serving: applies everything again, then sweeps what the log does not have.</summary>
    Task<RebuildReport> RebuildAsync(CancellationToken cancellationToken);

    /// <summary>Compares with the log: counts and sampled keys, both ways. When asked to, mends what differs.</summary>
    Task<ConsistencyReport> CheckAsync(bool repair, CancellationToken cancellationToken);
}
