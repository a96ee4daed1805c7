namespace Marketing.Stores.Sqlite.Log;

/// <summary>Detects lost interactions before the log is opened, because opening it would remove the evidence.</summary>
internal static class LogLoss
{
    private static readonly string[] Projections = ["graph.db", "vectors.db", "engagement.db"];

    /// <exception cref="StoreStartupException">Interactions are lost and <c>Storage:AcceptLogLoss</c> is not set.</exception>
    public static void Check(string path, StorageOptions options)
    {
        if (!options.AcceptLogLoss && Find(path, options) is { } loss)
        {
            throw new StoreStartupException(Sentence(loss));
        }
    }

    /// <summary>Tells an operator what to do about a loss.</summary>
    /// <param name="loss">A sentence that says what was lost and how it was detected.</param>
    public static string Sentence(string loss) =>
        $"{loss} Restore log.db (and its -wal file, if any) from a backup, or accept the loss with Storage:AcceptLogLoss=true, which rebuilds the projections from the remaining log.";

    private static string? Find(string path, StorageOptions options)
    {
        if (!Has(path))
        {
            string[] left = [.. Projections.Where(file => Has(options.PathOf(file)))];
            return left.Length == 0
                ? null
                : $"{path} is missing or empty, but the same folder has projections of a log: {string.Join(", ", left)}.";
        }

        // Without a flush per commit a power cut may lose any number of commits, so lost commits do not prove a damaged disk.
        return options.Durability == Durability.PowerLoss && WalScan.Run(path + "-wal") is { LostCommits: >= 2 } scan
            ? $"{path}-wal is damaged after {scan.GoodCommits} commits, and at least {scan.LostCommits} commits after the damage cannot be read."
            : null;
    }

    private static bool Has(string path) => File.Exists(path) && new FileInfo(path).Length > 0;
}
