using System.Globalization;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// Renames unusable files and keeps them beside the new ones for inspection. An erasure deletes the copies, because personal data
/// in a damaged file cannot be found.
/// </summary>
internal static class SetAside
{
    private const string Mark = ".set-aside-";
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>Renames a database and its companion files.</summary>
    /// <param name="path">The database; nobody may have it open.</param>
    /// <param name="now">Part of the new name.</param>
    /// <param name="keep">How many of the newest copies to keep; 0 deletes the file.</param>
    /// <returns>The new path; null when there was nothing to keep.</returns>
    public static string? Move(string path, DateTimeOffset now, int keep)
    {
        string? moved = null;
        if (File.Exists(path) && new FileInfo(path).Length > 0 && keep > 0)
        {
            moved = Free(path + Mark + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
            File.Move(path, moved);
            PrivateFiles.Restrict(moved);
        }

        File.Delete(path);
        foreach (string companion in Companions)
        {
            if (moved is not null && companion == Companions[0] && File.Exists(path + companion))
            {
                File.Move(path + companion, moved + companion);
                PrivateFiles.Restrict(moved + companion);
            }

            File.Delete(path + companion);
        }

        foreach (string old in CopiesOf(path).Where(IsDatabase).Order(StringComparer.Ordinal).SkipLast(keep))
        {
            Delete(old);
        }

        return moved;
    }

    /// <summary>Deletes all copies of a file.</summary>
    public static void DeleteCopies(string path)
    {
        foreach (string copy in CopiesOf(path))
        {
            File.Delete(copy);
        }
    }

    /// <summary>Whether a folder contains copies of any file.</summary>
    public static bool Any(string folder) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"*{Mark}*").Any();

    private static string[] CopiesOf(string path) =>
        Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + Mark + "*");

    private static bool IsDatabase(string path) => !Companions.Any(companion => path.EndsWith(companion, StringComparison.Ordinal));

    private static void Delete(string path)
    {
        File.Delete(path);
        foreach (string companion in Companions)
        {
            File.Delete(path + companion);
        }
    }

    private static string Free(string path)
    {
        string free = path;
        for (int number = 2; File.Exists(free); number++)
        {
            free = $"{path}-{number}";
        }

        return free;
    }
}
