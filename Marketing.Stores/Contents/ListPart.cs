namespace Marketing.Stores.Contents;

/// <summary>Reads a part of a few thousand records at once.</summary>
internal sealed class ListPart(string name, Func<CancellationToken, Task<IEnumerable<LogRecord>>> read) : ILogPart
{
    public string Name => name;

    public async Task<RecordPage> ReadAsync(string? after, int max, CancellationToken cancellationToken) =>
        new([.. await read(cancellationToken)], null);
}
