namespace Marketing.Tests.Crash;

/// <summary>
/// The lifetime of a simulated process, counted in calls to its stores. Once its steps are used up, this call and every later one
/// throws, so that nothing reaches a store after the crash.
/// </summary>
internal sealed class CrashPoint
{
    private int _left = int.MaxValue;

    public bool Crashed { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Makes the process die at the given call from now; 1 is the next.</summary>
    public void DieAfter(int steps) => _left = steps;

    /// <summary>Counts the next call, after yielding to every other activity.</summary>
    public async Task StepAsync()
    {
        await Task.Yield();
        Steps++;
        Crashed |= --_left <= 0;
        if (Crashed)
        {
            throw new CrashedException();
        }
    }
}
