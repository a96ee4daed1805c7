using System.Text.RegularExpressions;

namespace Marketing.Tests.Build;

/// <summary>Documentation that points somewhere points at something.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages
    {
        get
        {
            var root = Path.GetDirectoryName(Repository.Find("Marketing.sln"))!;
            string[] pages = [.. Directory.GetFiles(root, "*.md"), .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)];
            return [.. pages.Select(page => Path.GetRelativePath(root, page)).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_relative_link_leads_to_a_file(string page)
    {
        var path = Repository.Find(page)!;
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var broken = Link().Matches(text)
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains(':', StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)));

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
