using Marketing.Benchmarks.Load;

namespace Marketing.Benchmarks.Kill;

/// <summary>A process that is started again whenever it ends, as a supervisor does, until it is stopped.</summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    private readonly Func<ChildProcess> _start;
    private readonly Lock _lock = new();
    private readonly List<string> _exits = [];
    private readonly Task _running;
    private ChildProcess _process;
    private TaskCompletionSource? _killed;
    private bool _isStopping;

    public SupervisedProcess(Func<ChildProcess> start)
    {
        _start = start;
        _process = start();
        _running = SuperviseAsync();
    }

    /// <summary>The output of each process that ended on its own.</summary>
    public IReadOnlyList<string> Exits
    {
        get
        {
            lock (_lock)
            {
                return [.. _exits];
            }
        }
    }

    /// <summary>Kills the process with SIGKILL, and returns once it is gone and started again.</summary>
    public Task KillAsync()
    {
        lock (_lock)
        {
            _killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _process.Kill();
            return _killed.Task;
        }
    }

    /// <summary>Asks the process to exit (SIGTERM) and waits.</summary>
    public async Task StopAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
        }

        await _process.StopAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            _process.Kill();
        }

        await _running;
        _process.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (true)
        {
            var output = await _process.ReadAsync();
            lock (_lock)
            {
                if (_isStopping)
                {
                    return;
                }

                if (_killed is null)
                {
                    _exits.Add(output.Trim());
                }

                _process.Dispose();
                _process = _start();
                _killed?.SetResult();
                _killed = null;
            }
        }
    }
}
