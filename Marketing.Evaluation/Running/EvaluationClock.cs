namespace Marketing.Evaluation.Running;

/// <summary>A clock that shows the time of the data. Only its time is set; its timers run as usual, so that budgets hold.</summary>
internal sealed class EvaluationClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => Now;
}
