namespace Marketing.Stores;

/// <summary>
/// Creates files and folders that only the process's user can read, because all of them contain personal data or data derived from it.
/// Without Unix permissions (Windows), the folder's own access rules apply.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Creates a missing folder and its parents. An existing one keeps its permissions, because it may be shared.</summary>
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
    /// Creates an empty file if there is none and makes it private. SQLite gives a database's companion files (<c>-wal</c>,
    /// <c>-shm</c>) the permissions of the database.
    /// </summary>
    public static void Ensure(string path)
    {
        using (Open(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete))
        {
        }

        Restrict(path);
    }

    /// <summary>Opens a file for writing; a new one is readable only by this user.</summary>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes a file private that an earlier version may have created; another user's file stays as it is.</summary>
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
            // Another user's file, as on a volume that belongs to a group: its owner decides.
        }
    }
}
