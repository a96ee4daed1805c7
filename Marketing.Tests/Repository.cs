namespace Marketing.Tests;

/// <summary>Files of the repository that contains the tests.</summary>
internal static class Repository
{
    /// <returns>The path of a file or folder relative to the repository root; null if it is not found above the tests.</returns>
    public static string? Find(params string[] name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, .. name]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
