namespace Marketing.Domain.Ports;

/// <summary>Tells every process whose cached answers are old; needed when more than one process answers.</summary>
public interface IInvalidationChannel
{
    /// <summary>Tells the other processes. Best effort: what does not arrive is outlived by the entry's own expiry.</summary>
    ValueTask PublishAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Hands what other processes tell to <paramref name="drop"/> until cancelled.</summary>
    Task ListenAsync(Func<IReadOnlyCollection<UserId>, ValueTask> drop, CancellationToken cancellationToken);
}
