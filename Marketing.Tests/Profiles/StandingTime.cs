namespace Marketing.Tests.Profiles;

/// <summary>A clock that runs from a given moment until it is made to stand, so that two profiles are asked at the same moment.</summary>
internal sealed class StandingTime(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _behind = System.GetUtcNow() - start;
    private DateTimeOffset? _standing;

    public override DateTimeOffset GetUtcNow() => _standing ?? System.GetUtcNow() - _behind;

    public void StandAt(DateTimeOffset now) => _standing = now;
}
