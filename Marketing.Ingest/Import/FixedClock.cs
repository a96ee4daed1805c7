namespace Marketing.Ingest.Import;

/// <summary>A clock that is fixed at the start of an import.</summary>
/// <remarks>Interactions without a time get this one, even when the import is resumed the next day.</remarks>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
