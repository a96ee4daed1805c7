namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// A file that is there and cannot be used: damaged, not a database, of another program or of a newer version. For the log this
/// stops the start; a projection is set aside and rebuilt.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it, such as <c>is damaged</c>.</param>
/// <param name="advice">What to do, as a sentence of its own; empty when there is nothing to add.</param>
/// <param name="cause">What SQLite said.</param>
internal sealed class UnusableFileException(string path, string reason, string advice, Exception? cause = null)
    : StoreStartupException($"{path} {reason}{(advice.Length == 0 ? "." : $": {advice}")}", cause)
{
    /// <summary>The reason alone, without the path.</summary>
    public string Reason => reason;
}
