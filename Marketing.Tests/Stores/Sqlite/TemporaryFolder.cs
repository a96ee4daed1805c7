namespace Marketing.Tests.Stores.Sqlite;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("marketing-").FullName;

    /// <summary>All files, one after the other; also those that are open, but for the empty one that a process is held by.</summary>
    public byte[] Bytes()
    {
        using var all = new MemoryStream();
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".owner", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.CopyTo(all);
        }

        return all.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
