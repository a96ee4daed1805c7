namespace Marketing.Tests.Profiles;

/// <summary>A clock that runs from a given time until it is stopped, so that two profiles can be compared at the same time.</summary>
internal sealed class StandingTime(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _behind = System.GetUtcNow() - start;
    private DateTimeOffset? _standing;

    public override DateTimeOffset GetUtcNow() => _standing ?? System.GetUtcNow() - _behind;

    public void StandAt(DateTimeOffset now) => _standing = now;
}
