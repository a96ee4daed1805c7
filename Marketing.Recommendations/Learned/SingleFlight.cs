namespace Marketing.Recommendations.Learned;

/// <summary>Work that many may ask for and that is done once at a time: who asks while it runs gets the running one.</summary>
internal sealed class SingleFlight(Func<CancellationToken, Task> work, TimeSpan timeout, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The running work, or else a new run. It belongs to nobody: one caller's cancellation does not stop it, only the timeout does.</summary>
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
