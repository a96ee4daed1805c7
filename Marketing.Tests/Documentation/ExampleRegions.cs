using System.Text.RegularExpressions;

namespace Marketing.Tests.Documentation;

/// <summary>The examples of the documentation: the regions of the files in <see cref="Folder"/>, which the tests run.</summary>
internal static partial class ExampleRegions
{
    public const string Folder = "Marketing.Tests/Documentation/Examples";

    /// <summary>Returns the text of each region by name, without its indentation.</summary>
    public static async Task<SortedDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        var examples = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Repository.Find(Folder)!, "*.cs"))
        {
            foreach (Match region in Region().Matches(await File.ReadAllTextAsync(file, cancellationToken)))
            {
                examples.Add(region.Groups["name"].Value, Unindented(region.Groups["code"].Value, region.Groups["indent"].Value));
            }
        }

        return examples;
    }

    private static string Unindented(string code, string indent) =>
        string.Concat(code.TrimStart('\n').Split('\n').SkipLast(1).Select(line => (line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line) + "\n"));

    [GeneratedRegex(@"^(?<indent> *)#region (?<name>\w+)\n(?<code>.*?)^ *#endregion$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
