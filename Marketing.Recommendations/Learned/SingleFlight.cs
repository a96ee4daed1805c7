namespace Marketing.Recommendations.Learned;

/// <summary>Runs work once at a time: callers during a run share it.</summary>
internal sealed class SingleFlight(Func<CancellationToken, Task> work, TimeSpan timeout, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Returns the current run, or starts one; only the timeout cancels it, not a caller.</summary>
    public Task RunAsync()
    {
        lock (_lock)
        {
            return _running.IsCompleted ? _running = StartAsync() : _running;
        }
    }

    /// <summary>Returns a run that starts after this call, so that it sees everything written before it; callers share the next run.</summary>
    public Task RunAnewAsync()
    {
        lock (_lock)
        {
            return _running.IsCompleted ? RunAsync() : _next ??= StartAfterAsync(_running);
        }
    }

    private async Task StartAfterAsync(Task current)
    {
        await current.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task run;
        lock (_lock)
        {
            _next = null;
            run = RunAsync(); // A run that somebody else started meanwhile is late enough, too.
        }

        await run;
    }

    private async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        await Task.Yield();
        await work(deadline.Token).WaitAsync(deadline.Token);
    }
}
