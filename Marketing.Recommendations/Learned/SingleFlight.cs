namespace Marketing.Recommendations.Learned;

/// <summary>Runs work once at a time: callers during a run share it.</summary>
internal sealed class SingleFlight(Func<CancellationToken, Task> work, TimeSpan timeout, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Returns the current run, or starts one; only the timeout cancels it, not a caller.</summary>
    public Task RunAsync()
    {
        lock (_lock)
        {
            return _running.IsCompleted ? _running = StartAsync() : _running;
        }
    }

    private async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        await Task.Yield();
        await work(deadline.Token).WaitAsync(deadline.Token);
    }
}
