namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Thrown when a file exists but cannot be used: it is damaged, not a database, of another program or of a newer version. For the
/// log this stops startup; a projection is set aside and rebuilt.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it, such as <c>is damaged</c>.</param>
/// <param name="advice">What to do, as a sentence of its own; empty when there is nothing to add.</param>
/// <param name="cause">The SQLite error.</param>
internal sealed class UnusableFileException(string path, string reason, string advice, Exception? cause = null)
    : StoreStartupException($"{path} {reason}{(advice.Length == 0 ? "." : $": {advice}")}", cause)
{
    /// <summary>The reason without the path.</summary>
    public string Reason => reason;
}
