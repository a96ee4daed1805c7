using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Marketing.Tests.Build;

/// <summary>A package feed in a folder, with empty stand-ins for the packages in <c>Directory.Packages.props</c>.</summary>
internal sealed partial class FolderFeed(string folder)
{
    private static readonly XDocument Packages = XDocument.Load(Repository.Find("Directory.Packages.props")!);

    private static readonly Dictionary<string, string> Properties = Packages.Descendants("PropertyGroup").Elements()
        .GroupBy(property => property.Name.LocalName)
        .ToDictionary(group => group.Key, group => group.First().Value);

    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Every package the probe checks: its id, its pinned version and the name of the check.</summary>
    public static IReadOnlyList<(string Id, string Version, string Question)> Asked { get; } =
        [.. Packages.Descendants("PackageVersion").Where(package => package.Attribute("FeedProbe") is not null).Select(package =>
            (package.Attribute("Include")!.Value, Expand(package.Attribute("Version")!.Value), package.Attribute("FeedProbe")!.Value))];

    /// <summary>The packages Aspire's AppHost needs besides its references.</summary>
    public static IReadOnlyList<(string Id, string Version)> Programs(string runtime) =>
    [
        ("Aspire.AppHost.Sdk", Expand("$(AspireSdkVersion)")),
        ($"Aspire.Hosting.Orchestration.{runtime}", Expand("$(AspireVersion)")),
        ($"Aspire.Dashboard.Sdk.{runtime}", Expand("$(AspireVersion)")),
    ];

    public void Add(string id, string version)
    {
        using var package = ZipFile.Open(Path.Combine(Folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using var manifest = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open());
        manifest.Write(
            $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>nobody</authors><description>empty</description></metadata>
            </package>
            """);
    }

    private static string Expand(string value) =>
        Reference().IsMatch(value) ? Expand(Reference().Replace(value, reference => Properties[reference.Groups[1].Value])) : value;

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Reference();
}
