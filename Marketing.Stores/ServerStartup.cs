namespace Marketing.Stores;

/// <summary>
/// What the store of a server does before any other service starts: reach it within a moment, then bring it to what this program needs,
/// which may take as long as it takes. Whatever fails becomes one sentence that names the connection string and says nothing that is secret in it.
/// </summary>
/// <param name="server">What the server is called.</param>
/// <param name="address">Where it should be.</param>
/// <param name="connectionName">The name of the connection string.</param>
internal abstract class ServerStartup(string server, string address, string connectionName) : StoreStartup
{
    /// <summary>Shorter than the drivers' own patience, which is meant for what once was there.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public sealed override async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            // A driver may look at the token only between two attempts.
            await ReachAsync(limit.Token).WaitAsync(limit.Token);
            await PrepareAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not StoreStartupException && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreStartupException(Sentence(exception), exception);
        }
    }

    /// <summary>Asks the server anything, as the user that is configured.</summary>
    protected abstract Task ReachAsync(CancellationToken cancellationToken);

    /// <summary>Makes what is missing there, and refuses what is not ours.</summary>
    /// <exception cref="StoreStartupException">It belongs to a newer version, or to something else.</exception>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Whether the server answered that it does not know the user or password.</summary>
    protected abstract bool IsRefusal(Exception exception);

    /// <summary>Whether nobody answered.</summary>
    protected abstract bool IsAbsence(Exception exception);

    private string Sentence(Exception exception) =>
        IsRefusal(exception) ? $"{server} at {address} refuses the user or password of ConnectionStrings:{connectionName}."
        : exception is OperationCanceledException or TimeoutException || IsAbsence(exception)
            ? $"No {server} answers at {address}, which ConnectionStrings:{connectionName} names."
        : $"{server} at {address}, which ConnectionStrings:{connectionName} names, cannot be used: {exception.Message}";
}
