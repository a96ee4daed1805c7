namespace Marketing.Ingest.Import;

/// <summary>
/// Stands still at the time an import began. An interaction without a time of its own gets that one, and an id that
/// follows from it: an import that is resumed the next day must find the same ids.
/// </summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
