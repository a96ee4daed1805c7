using System.Text.RegularExpressions;

namespace Marketing.Tests.Documentation;

/// <summary>Documentation that points somewhere points at something, and what it takes from the code is what the code says.</summary>
public sealed partial class DocumentationTests
{
    private const string OptionsPage = "docs/configuration.md";
    private const string OptionsBegin = "<!-- options:begin -->\n";
    private const string OptionsEnd = "<!-- options:end -->";

    private static readonly string Root = Path.GetDirectoryName(Repository.Find("Marketing.sln"))!;

    public static TheoryData<string> Pages
    {
        get
        {
            string[] pages = [.. Directory.GetFiles(Root, "*.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)];
            return [.. pages.Select(page => Path.GetRelativePath(Root, page)).Order(StringComparer.Ordinal)];
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_relative_link_leads_to_a_file(string page)
    {
        var path = Repository.Find(page)!;
        var text = await File.ReadAllTextAsync(path, Cancellation);
        var broken = Link().Matches(text)
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains(':', StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)));

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_block_of_code_is_an_example_that_the_tests_run(string page)
    {
        var examples = await ExampleRegions.ReadAsync(Cancellation);
        var text = await File.ReadAllTextAsync(Path.Combine(Root, page), Cancellation);
        Assert.All(CodeBlock().Matches(text), block => Assert.True(
            examples.ContainsKey(block.Groups["name"].Value),
            $"{page}: put <!-- example: NAME --> on the line above the block '{block.Groups["code"].Value.Split('\n')[0]}', "
            + $"where NAME is a #region in {ExampleRegions.Folder}: {string.Join(", ", examples.Keys)}."));

        await ShowAsync(page, text, CodeBlock().Replace(
            text, block => $"<!-- example: {block.Groups["name"].Value} -->\n```csharp\n{examples[block.Groups["name"].Value]}```\n"));
    }

    [Fact]
    public async Task Every_example_is_on_a_page()
    {
        var shown = new HashSet<string>();
        foreach (var page in Pages)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Root, page.Data), Cancellation);
            shown.UnionWith(CodeBlock().Matches(text).Select(block => block.Groups["name"].Value));
        }

        Assert.Empty((await ExampleRegions.ReadAsync(Cancellation)).Keys.Except(shown));
    }

    [Fact]
    public async Task The_settings_are_those_of_the_options_records()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Root, OptionsPage), Cancellation);
        var begin = text.IndexOf(OptionsBegin, StringComparison.Ordinal) + OptionsBegin.Length;
        var end = text.IndexOf(OptionsEnd, StringComparison.Ordinal);

        await ShowAsync(OptionsPage, text, $"{text[..begin]}{OptionsTable.Generate(text[begin..end])}{text[end..]}");
    }

    [Fact]
    public async Task Every_bound_section_is_that_of_an_options_record()
    {
        foreach (var file in Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(IsOfTheProduct))
        {
            Assert.All(
                BoundSection().Matches(await File.ReadAllTextAsync(file, Cancellation)),
                bound => Assert.True(
                    bound.Groups["record"].Success || bound.Groups["section"].Value == "section",
                    $"{Path.GetRelativePath(Root, file)} binds {bound.Groups["section"].Value}: give the record a constant Section, so that {OptionsPage} lists it."));
        }
    }

    /// <summary>Asserts that a page shows what was generated, or writes it if the environment variable says so.</summary>
    private static async Task ShowAsync(string page, string text, string generated)
    {
        const string Write = "MARKETING_WRITE_DOCS";
        if (text != generated && Environment.GetEnvironmentVariable(Write) == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Root, page), generated, Cancellation);
            return;
        }

        var was = text.Split('\n');
        var difference = generated.Split('\n').Select((line, i) => (Line: i + 1, Is: was.ElementAtOrDefault(i), Should: line)).FirstOrDefault(one => one.Is != one.Should);
        Assert.True(
            text == generated,
            $"{page} does not show what the code says, first in line {difference.Line}: it has '{difference.Is}', the code '{difference.Should}'. "
            + $"To write the page: {Write}=1 dotnet test --project Marketing.Tests -- --filter-class {typeof(DocumentationTests).FullName}");
    }

    private static bool IsOfTheProduct(string file) =>
        Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar) is [var project, .., _] parts
        && project.StartsWith("Marketing.", StringComparison.Ordinal) && project != "Marketing.Tests" && !parts.Contains("obj") && !parts.Contains("bin");

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(<!-- example: (?<name>\w+) -->\n+)?```(csharp|cs|c#)\n(?<code>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\.BindConfiguration\((?<section>(?<record>\w+\.Section)|[^)]*)\)")]
    private static partial Regex BoundSection();
}
