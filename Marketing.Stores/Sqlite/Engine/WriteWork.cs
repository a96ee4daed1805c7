namespace Marketing.Stores.Sqlite.Engine;

/// <summary>One caller's part of a write transaction.</summary>
internal abstract class WriteWork
{
    /// <summary>The approximate number of rows it touches; enough weight closes a transaction.</summary>
    public required int Weight { get; init; }

    public abstract void Run(SqliteSession session);

    public abstract void Committed();

    public abstract void Failed(Exception error);
}

/// <summary>Swaps the writer's session between two transactions.</summary>
internal sealed class SessionSwap(Func<SqliteSession, SqliteSession> swap) : WriteWork
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    /// <returns>The session to use from now on.</returns>
    public SqliteSession Swap(SqliteSession session)
    {
        try
        {
            session = swap(session);
            _completion.TrySetResult();
        }
        catch (Exception error)
        {
            _completion.TrySetException(error);
        }

        return session;
    }

    public override void Run(SqliteSession session)
    {
        // A swap never runs within a transaction.
    }

    public override void Committed()
    {
        // A swap never runs within a transaction.
    }

    public override void Failed(Exception error) => _completion.TrySetException(error);
}

/// <inheritdoc />
internal sealed class WriteWork<T>(
    Func<SqliteSession, T> work, Action<T>? committed, CancellationToken cancellationToken) : WriteWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private bool _canceled;

    public Task<T> Task => _completion.Task;

    public override void Run(SqliteSession session)
    {
        // A call is canceled as a whole or not at all: once its rows are being written, it completes.
        _canceled = cancellationToken.IsCancellationRequested;
        if (!_canceled)
        {
            _result = work(session);
        }
    }

    public override void Committed()
    {
        if (_canceled)
        {
            _completion.TrySetCanceled(cancellationToken);
            return;
        }

        try
        {
            committed?.Invoke(_result!);
            _completion.TrySetResult(_result!);
        }
        catch (Exception error)
        {
            _completion.TrySetException(error);
        }
    }

    public override void Failed(Exception error) => _completion.TrySetException(error);
}
