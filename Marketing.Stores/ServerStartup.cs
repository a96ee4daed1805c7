namespace Marketing.Stores;

/// <summary>
/// Checks a server before any other service starts: reaches it within a short timeout and then prepares it, which may take as long as
/// needed. Any failure becomes one sentence that names the connection string without its secrets.
/// </summary>
/// <param name="server">The server's name for the message.</param>
/// <param name="address">The configured address.</param>
/// <param name="connectionName">The name of the connection string.</param>
internal abstract class ServerStartup(string server, string address, string connectionName) : StoreStartup
{
    /// <summary>Shorter than the drivers' timeouts, which are meant for a server that was available before.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public sealed override async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            // A driver may check the token only between two attempts.
            await ReachAsync(limit.Token).WaitAsync(limit.Token);
            await PrepareAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not StoreStartupException && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreStartupException(Sentence(exception), exception);
        }
    }

    /// <summary>Sends the server any request, as the configured user.</summary>
    protected abstract Task ReachAsync(CancellationToken cancellationToken);

    /// <summary>Creates what is missing on the server and rejects what is not ours.</summary>
    /// <exception cref="StoreStartupException">It belongs to a newer version or to another program.</exception>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether the server rejected the user or password.</summary>
    protected abstract bool IsRefusal(Exception exception);

    /// <summary>Whether the server did not answer.</summary>
    protected abstract bool IsAbsence(Exception exception);

    private string Sentence(Exception exception) =>
        IsRefusal(exception) ? $"{server} at {address} rejected the user or password in ConnectionStrings:{connectionName}."
        : exception is OperationCanceledException or TimeoutException || IsAbsence(exception)
            ? $"{server} at {address} (ConnectionStrings:{connectionName}) does not respond."
        : $"{server} at {address} (ConnectionStrings:{connectionName}) cannot be used: {exception.Message}";
}
