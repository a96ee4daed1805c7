namespace Marketing.Domain.Ports;

/// <summary>
/// Keeps the recommender's in-memory models in sync with the stores: the catalog with its embedded texts, engagement rates,
/// item-item weights. A hosted service calls it; jobs, tests and offline evaluation may too.
/// </summary>
public interface IModelRefresher
{
    /// <summary>Reads the engagement counts, and the catalog if its version changed; returns after new texts are embedded.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Relearns the item-item weights and the campaign profiles from the whole graph, which takes seconds with thousands of campaigns.
    /// </summary>
    Task LearnAsync(CancellationToken cancellationToken);
}
