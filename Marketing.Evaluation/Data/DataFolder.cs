using System.IO.Compression;
using System.Text;

namespace Marketing.Evaluation.Data;

/// <summary>The folder that <c>--data</c> names.</summary>
internal sealed class DataFolder
{
    private readonly string _path;

    /// <exception cref="EvaluationException">There is no such folder.</exception>
    public DataFolder(string path)
    {
        _path = path;
        if (!Directory.Exists(path))
        {
            throw new EvaluationException($"--data names '{path}', which is not a folder.");
        }
    }

    /// <summary>The full path of the first of these files that is there, plain or with .gz; null when none is.</summary>
    public string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            string[] forms = [name, name + ".gz"];
            if (Array.Find(forms, form => File.Exists(Path.Combine(_path, form))) is { } found)
            {
                return Path.GetFullPath(Path.Combine(_path, found));
            }
        }

        return null;
    }

    /// <summary>Like <see cref="Find"/>, for a file that must be there.</summary>
    /// <exception cref="EvaluationException">It is not.</exception>
    public string Require(string name) => Find(name)
        ?? throw new EvaluationException($"--data names '{_path}', where there is no {name}.");

    /// <summary>The files of this pattern, by name.</summary>
    public IReadOnlyList<string> Files(string pattern) =>
        [.. Directory.EnumerateFiles(_path, pattern).Select(Path.GetFullPath).Order(StringComparer.Ordinal)];

    /// <summary>The file that <c>--split</c> names: an absolute path, or one relative to this folder or to the current one.</summary>
    /// <exception cref="EvaluationException">There is none of these.</exception>
    public string Split(string name)
    {
        string[] places = [Path.Combine(_path, name), name];
        return Array.Find(places, File.Exists) is { } found
            ? Path.GetFullPath(found)
            : throw new EvaluationException($"--split names '{name}', which is neither in '{_path}' nor a file of that path.");
    }

    /// <summary>Opens a text file, unpacking .gz.</summary>
    /// <param name="path">From <see cref="Find"/>.</param>
    /// <param name="encoding">UTF-8 when null.</param>
    public static StreamReader Open(string path, Encoding? encoding = null)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
        }

        return new StreamReader(stream, encoding ?? Encoding.UTF8);
    }
}
