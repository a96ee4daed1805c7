using System.Security.Cryptography;

namespace Marketing.Stores.Embedding;

/// <summary>
/// The SHA-256 digests of a model's files, in <c>sha256sum</c> format. Damaged weights, or another model's, still yield vectors, so only a
/// digest can detect them.
/// </summary>
internal sealed class ModelDigests
{
    /// <summary>The name of the file in a model's folder.</summary>
    public const string FileName = "SHA256SUMS";

    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    private ModelDigests(string source, TextReader lines)
    {
        Source = source;
        while (lines.ReadLine() is { } line)
        {
            if (line.Split(' ', 2) is [{ Length: 64 } digest, { Length: > 1 } name])
            {
                _digests[name.TrimStart(' ', '*')] = digest;
            }
        }
    }

    /// <summary>Describes the expected model in error messages.</summary>
    public string Source { get; }

    /// <summary>Returns the digests of the shipped model, which are embedded in the program.</summary>
    public static ModelDigests Shipped()
    {
        using var stream = typeof(ModelDigests).Assembly.GetManifestResourceStream($"models/marketing-static-256/{FileName}")!;
        using var reader = new StreamReader(stream);
        return new ModelDigests("the one shipped with this program", reader);
    }

    /// <summary>Returns the digests in a folder, or null when it has none.</summary>
    public static ModelDigests? Of(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(path);
        return new ModelDigests($"the one that {path} describes", reader);
    }

    /// <exception cref="InvalidDataException">The file does not match its digest.</exception>
    public void Verify(string name, byte[] content)
    {
        string actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!_digests.TryGetValue(name, out string? expected) || !expected.Equals(actual, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException(
                $"{name} is not {Source}: its SHA-256 is {actual} and should be {expected ?? "listed there"}.");
        }
    }
}
