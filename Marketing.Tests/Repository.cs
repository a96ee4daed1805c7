namespace Marketing.Tests;

/// <summary>What lies in the repository above the tests.</summary>
internal static class Repository
{
    /// <returns>The path of a file or folder that is named from the repository's root; null when it is not above the tests.</returns>
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
