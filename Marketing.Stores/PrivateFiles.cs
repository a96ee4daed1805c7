namespace Marketing.Stores;

/// <summary>
/// Makes files and folders that only the user of the process can read: all of them hold personal data, or what was derived
/// from it. Where there are no Unix permissions (Windows), the folder's own access rules apply.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, when it is not there. One that exists keeps its permissions: it may be shared.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode700);
        }
    }

    /// <summary>
    /// Makes an empty file when there is none, and takes a file that others can read from them. SQLite gives the files beside
    /// a database (<c>-wal</c>, <c>-shm</c>) the permissions of the database.
    /// </summary>
    public static void Ensure(string path)
    {
        using (Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete))
        {
        }

        Restrict(path);
    }

    /// <summary>Opens a file to write to; when it is made, only this user can read it.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes the file, which an earlier version may have made, from everybody else; a file of somebody else's stays as it is.</summary>
    public static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return;
        }

        try
        {
            if (File.GetUnixFileMode(path) != FileMode600)
            {
                File.SetUnixFileMode(path, FileMode600);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // Not ours, as on a volume that belongs to a group: whoever made it decides.
        }
    }
}
