namespace Marketing.Stores.Sqlite.Backup;

/// <summary>Finds out whether another process has a database open, without opening it as one, which could change its files.</summary>
internal static class FileLocks
{
    // An open connection in WAL mode holds a shared lock on these bytes; https://www.sqlite.org/src/file?name=src/os.h.
    private const long SharedFirst = 0x40000000 + 2;
    private const long SharedSize = 510;

    /// <summary>Returns false where locks on bytes are not supported (macOS): there, opening the file would have to fail.</summary>
    public static bool IsOpenElsewhere(string path)
    {
        if (!File.Exists(path) || OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsFreeBSD())
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            file.Lock(SharedFirst, SharedSize);
            file.Unlock(SharedFirst, SharedSize);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
