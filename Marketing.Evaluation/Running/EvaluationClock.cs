namespace Marketing.Evaluation.Running;

/// <summary>A clock that shows the time of the data. Timers still use real time, so that time budgets work.</summary>
internal sealed class EvaluationClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => Now;
}
