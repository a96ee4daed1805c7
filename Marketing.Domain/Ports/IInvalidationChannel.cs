namespace Marketing.Domain.Ports;

/// <summary>Broadcasts cache invalidations between processes; needed if more than one process answers.</summary>
public interface IInvalidationChannel
{
    /// <summary>Notifies the other processes, best effort: after a lost message, the entry lives until it expires.</summary>
    ValueTask PublishAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Passes invalidations from other processes to <paramref name="drop"/> until canceled.</summary>
    Task ListenAsync(Func<IReadOnlyCollection<UserId>, ValueTask> drop, CancellationToken cancellationToken);
}
