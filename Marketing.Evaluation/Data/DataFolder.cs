using System.IO.Compression;
using System.Text;

namespace Marketing.Evaluation.Data;

/// <summary>The folder given by <c>--data</c>.</summary>
internal sealed class DataFolder
{
    private readonly string _path;

    /// <exception cref="EvaluationException">The folder does not exist.</exception>
    public DataFolder(string path)
    {
        _path = path;
        if (!Directory.Exists(path))
        {
            throw new EvaluationException($"--data names '{path}', which is not a folder.");
        }
    }

    /// <summary>The full path of the first of these files that exists, plain or with .gz; null when none does.</summary>
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

    /// <summary>Like <see cref="Find"/>, but the file is required.</summary>
    /// <exception cref="EvaluationException">The file does not exist.</exception>
    public string Require(string name) => Find(name)
        ?? throw new EvaluationException($"--data names '{_path}', which does not contain {name}.");

    /// <summary>The files that match a pattern, ordered by name.</summary>
    public IReadOnlyList<string> Files(string pattern) =>
        [.. Directory.EnumerateFiles(_path, pattern).Select(Path.GetFullPath).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Resolves the file given by <c>--split</c>: an absolute path, or one relative to this folder or to the current directory.
    /// </summary>
    /// <exception cref="EvaluationException">The file does not exist.</exception>
    public string Split(string name)
    {
        string[] places = [Path.Combine(_path, name), name];
        return Array.Find(places, File.Exists) is { } found
            ? Path.GetFullPath(found)
            : throw new EvaluationException($"--split names '{name}', which is neither a file in '{_path}' nor the path of a file.");
    }

    /// <summary>Opens a text file, decompressing .gz.</summary>
    /// <param name="path">A path from <see cref="Find"/>.</param>
    /// <param name="encoding">The encoding; UTF-8 when null.</param>
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
