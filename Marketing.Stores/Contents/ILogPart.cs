using System.Runtime.CompilerServices;

namespace Marketing.Stores.Contents;

/// <summary>
/// One kind of record in the log's store, such as campaigns. A backup counts the records of each part, and a copy compares them
/// between two stores. A new kind of record that must survive both needs one part in each store's list (<c>SqliteParts</c>,
/// <c>MongoParts</c>) and, so that it is also moved, an <see cref="IMovablePart"/>.
/// </summary>
internal interface ILogPart
{
    /// <summary>The part's name in manifests and reports, the same in every store.</summary>
    string Name { get; }

    /// <summary>Returns up to <paramref name="max"/> records after a position; null is the start.</summary>
    Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken);
}

/// <summary>A part whose records a copy writes at the target and removes there when they are gone at the source.</summary>
internal interface IMovablePart : ILogPart
{
    /// <summary>Adds the records, replacing those with the same id.</summary>
    Task WriteAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellationToken);

    /// <summary>Removes records by id; unknown ids are ignored.</summary>
    Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}

internal static class LogPartExtensions
{
    private const int PageSize = 1_000;

    /// <summary>Reads a part page by page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<LogRecord>> PagesAsync(
        this ILogPart part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await part.ReadAsync(after, PageSize, cancellationToken);
            if (page.Records.Count > 0)
            {
                yield return page.Records;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Counts a part's records and computes their digest.</summary>
    public static async Task<PartSummary> SummarizeAsync(this ILogPart part, CancellationToken cancellationToken)
    {
        var digest = new ContentDigest();
        await foreach (var records in part.PagesAsync(cancellationToken))
        {
            foreach (var record in records)
            {
                digest.Add(record);
            }
        }

        return new PartSummary(part.Name, digest.Count, digest.ToString());
    }
}
