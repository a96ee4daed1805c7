namespace Marketing.Ingest.Import;

/// <summary>
/// Stands still at the time an import began: an interaction without a time of its own gets that one, also when the import is
/// resumed the next day.
/// </summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
