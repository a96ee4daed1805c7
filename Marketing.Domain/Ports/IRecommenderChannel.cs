namespace Marketing.Domain.Ports;

/// <summary>
/// Messages to every process that recommends; needed when there is more than one, or when another process projects. Delivery is best
/// effort: a lost message costs freshness until the cache entry expires or the models are next learned.
/// </summary>
public interface IRecommenderChannel
{
    /// <summary>Tells the other processes that these users' cached answers are stale.</summary>
    ValueTask PublishStaleAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Asks the other processes to refresh and relearn their models now.</summary>
    ValueTask PublishLearnAsync(CancellationToken cancellationToken);

    /// <summary>Passes the messages of other processes to <paramref name="drop"/> and <paramref name="learn"/> until canceled.</summary>
    Task ListenAsync(Func<IReadOnlyCollection<UserId>, ValueTask> drop, Func<ValueTask> learn, CancellationToken cancellationToken);
}
