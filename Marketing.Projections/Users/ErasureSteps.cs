using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Users;

/// <summary>The steps of one erasure; each is tried even if others fail.</summary>
internal sealed class ErasureSteps(ILogger logger)
{
    private readonly List<string> _done = [];
    private readonly List<string> _failed = [];

    public IReadOnlyList<string> Done => _done;

    public IReadOnlyList<string> Failed => _failed;

    public Exception? FirstError { get; private set; }

    public async Task TryAsync(string step, Func<Task> run)
    {
        try
        {
            await run();
            _done.Add(step);
        }
        catch (Exception exception)
        {
            Log.StepFailed(logger, step, exception.GetType().Name);
            FirstError ??= exception;
            _failed.Add(step);
        }
    }

    /// <summary>Marks a failed step as done after all.</summary>
    public void Settle(string step)
    {
        _failed.Remove(step);
        _done.Add(step);
    }
}
