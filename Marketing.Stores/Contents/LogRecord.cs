namespace Marketing.Stores.Contents;

/// <summary>One record of the log's store, in a form that is the same in every store.</summary>
/// <param name="Id">The record's id, unique within its part.</param>
/// <param name="Content">Everything else as JSON, with its fields in a fixed order.</param>
internal readonly record struct LogRecord(string Id, string Content);

/// <summary>A page of a part's records.</summary>
/// <param name="Records">The records; a page that is not the last may be empty.</param>
/// <param name="Next">Where the next page starts; null after the last page.</param>
internal sealed record RecordPage(IReadOnlyList<LogRecord> Records, string? Next)
{
    public static readonly RecordPage Empty = new([], null);
}
