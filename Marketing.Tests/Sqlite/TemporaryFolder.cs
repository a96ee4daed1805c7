namespace Marketing.Tests.Sqlite;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("marketing-").FullName;

    /// <summary>All files, one after the other; also those that are open.</summary>
    public byte[] Bytes()
    {
        using var all = new MemoryStream();
        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.CopyTo(all);
        }

        return all.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
