namespace Marketing.Stores.Contents;

/// <summary>A part that is read one way and written another.</summary>
/// <param name="part">Reads the part.</param>
/// <param name="write">Adds the records, replacing those with the same id.</param>
/// <param name="remove">Removes records by id.</param>
internal sealed class MovablePart(
    ILogPart part,
    Func<IReadOnlyList<LogRecord>, CancellationToken, Task> write,
    Func<IReadOnlyList<string>, CancellationToken, Task> remove) : IMovablePart
{
    public string Name => part.Name;

    public Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken) =>
        part.ReadAsync(after, max, cancellationToken);

    public Task WriteAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellationToken) =>
        records.Count == 0 ? Task.CompletedTask : write(records, cancellationToken);

    public Task RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : remove(ids, cancellationToken);
}
