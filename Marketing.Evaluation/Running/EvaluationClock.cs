namespace Marketing.Evaluation.Running;

/// <summary>A clock that shows the time of the data.</summary>
/// <remarks>Timers still use real time, so that time budgets work.</remarks>
internal sealed class EvaluationClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => Now;
}
