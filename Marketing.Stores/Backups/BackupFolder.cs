using System.Globalization;

namespace Marketing.Stores.Backups;

/// <summary>
/// The folder that holds the backups, one folder each, and the list of erasures. A backup is written under another name and renamed
/// when it is complete.
/// </summary>
internal sealed class BackupFolder
{
    public const string DatabaseName = "log.db";
    private const string Prefix = "log-";
    private const string Partial = ".partial-";
    private const string LockName = ".lock";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="path">The folder; it need not exist.</param>
    public BackupFolder(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    /// <summary>The path of the list of erasures.</summary>
    public string Erasures => Path.Combine(Root, ErasureFile.Name);

    /// <summary>Returns the complete backups, oldest first.</summary>
    public IReadOnlyList<string> All() => Directory.Exists(Root)
        ? [.. Directory.GetDirectories(Root, Prefix + "*").Where(IsBackup).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Resolves what an operator named: one backup, or a folder of backups, of which the newest is meant.</summary>
    /// <returns>The folder of the backup.</returns>
    /// <exception cref="BackupException">There is no backup.</exception>
    public static string Find(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return !Directory.Exists(full) ? throw new BackupException($"{full} does not exist.")
            : IsBackup(full) ? full
            : new BackupFolder(full).All() is [.., var newest] ? newest
            : File.Exists(Path.Combine(full, DatabaseName))
                ? throw new BackupException($"{full} is not a complete backup: it has no {BackupManifest.FileName}.")
                : throw new BackupException($"{full} has no backup.");
    }

    /// <summary>Returns the folder in which a backup lies.</summary>
    public static BackupFolder Of(string backup) => new(Path.GetDirectoryName(backup)!);

    /// <summary>Keeps other backups away until the result is disposed, and deletes what an interrupted one has left.</summary>
    /// <exception cref="BackupException">Another backup is running.</exception>
    public IDisposable Take()
    {
        PrivateFiles.CreateFolder(Root);
        FileStream held;
        try
        {
            held = PrivateFiles.Open(Path.Combine(Root, LockName), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException error)
        {
            throw new BackupException($"Another backup to {Root} is running: wait for it, or choose another folder.", error);
        }

        foreach (string left in Directory.GetDirectories(Root, Partial + "*"))
        {
            Directory.Delete(left, recursive: true);
        }

        return held;
    }

    /// <summary>Creates the folder for a backup that is not complete yet.</summary>
    public string Begin()
    {
        string folder = Path.Combine(Root, Partial + Guid.NewGuid().ToString("N"));
        PrivateFiles.CreateFolder(folder);
        return folder;
    }

    /// <summary>Gives a complete backup its name.</summary>
    public string Complete(string folder, DateTimeOffset created)
    {
        string name = Path.Combine(Root, Prefix + created.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        string free = name;
        for (int number = 2; Directory.Exists(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number:000}");
        }

        Directory.Move(folder, free);
        return free;
    }

    /// <summary>Deletes all but the newest backups.</summary>
    /// <returns>The number deleted.</returns>
    public int Prune(int keep)
    {
        string[] old = [.. All().SkipLast(keep)];
        foreach (string backup in old)
        {
            // Without its manifest it is no backup any more, should the deletion be interrupted.
            File.Delete(Path.Combine(backup, BackupManifest.FileName));
            Directory.Delete(backup, recursive: true);
        }

        return old.Length;
    }

    private static bool IsBackup(string folder) => File.Exists(Path.Combine(folder, BackupManifest.FileName));
}
