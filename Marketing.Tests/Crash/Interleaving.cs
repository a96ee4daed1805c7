using System.Diagnostics;

namespace Marketing.Tests.Crash;

/// <summary>
/// Runs activities on one thread and lets a seed decide, at every await, which one continues, so that the same seed gives the same
/// interleaving. Sometimes one is held back for a while, like a paused process. Finds races deterministically.
/// </summary>
internal sealed class Interleaving(int seed) : TaskScheduler
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private readonly List<Task> _ready = [];
    private readonly Queue<(Task Task, int Until)> _standing = new();
    private int _steps;

    public static Task RunAsync(int seed, params Func<Task>[] activities) =>
        Task.Run(() => new Interleaving(seed).Run(activities));

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_ready)
        {
            return [.. _ready];
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_ready)
        {
            _ready.Add(task);
            Monitor.Pulse(_ready);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    private void Run(Func<Task>[] activities)
    {
        var all = Task.WhenAll(activities.Select(
            activity => Task.Factory.StartNew(activity, CancellationToken.None, TaskCreationOptions.None, this).Unwrap()));
        _ = all.ContinueWith(_ => Wake(), Default);
        while (Next(all) is { } task)
        {
            TryExecuteTask(task);
        }

        all.GetAwaiter().GetResult();
    }

    private void Wake()
    {
        lock (_ready)
        {
            Monitor.Pulse(_ready);
        }
    }

    private Task? Next(Task all)
    {
        lock (_ready)
        {
            var started = Stopwatch.GetTimestamp();
            while (_ready.Count == 0 && _standing.Count == 0)
            {
                if (all.IsCompleted)
                {
                    return null;
                }

                if (!Monitor.Wait(_ready, Timeout) && Stopwatch.GetElapsedTime(started) >= Timeout)
                {
                    throw new TimeoutException("Nothing goes on.");
                }
            }

            if (_ready.Count > 0 && _random.Next(10) == 0)
            {
                _standing.Enqueue((Take(), _steps + _random.Next(200)));
            }

            while (_standing.TryPeek(out var standing) && (_ready.Count == 0 || standing.Until <= _steps))
            {
                _ready.Add(_standing.Dequeue().Task);
            }

            _steps++;
            return Take();
        }
    }

    private Task Take()
    {
        var index = _random.Next(_ready.Count);
        var task = _ready[index];
        _ready.RemoveAt(index);
        return task;
    }
}
