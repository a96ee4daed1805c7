namespace Marketing.Domain.Ports;

/// <summary>
/// Keeps what the recommender holds in memory up to date with the stores: the catalogue with its embedded texts, engagement rates, item-item
/// weights. A hosted service does so by itself; jobs, tests and offline evaluation may ask for it.
/// </summary>
public interface IModelRefresher
{
    /// <summary>Reads the catalogue, if its version changed, and the engagement counts; returns when new texts are embedded.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Learns the item-item weights anew from the whole graph. Takes seconds where there are thousands of campaigns.</summary>
    Task LearnAsync(CancellationToken cancellationToken);
}
