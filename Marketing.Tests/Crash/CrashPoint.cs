namespace Marketing.Tests.Crash;

/// <summary>
/// The life of one simulated process, counted in calls to its stores. When its steps are used up it is dead: this call and every
/// later one throws, so that nothing after the crash reaches a store.
/// </summary>
internal sealed class CrashPoint
{
    private int _left = int.MaxValue;

    public bool Crashed { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Makes the process die at the given call from now, 1 being the next.</summary>
    public void DieAfter(int steps) => _left = steps;

    /// <summary>Counts a call about to be made, after giving every other activity the chance to go first.</summary>
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
