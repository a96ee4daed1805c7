using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Build;

/// <summary>How the build detects package feeds that lack packages.</summary>
public sealed class FeedProbeTests : IDisposable
{
    private const string Core = "Aspire";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> OptionalPackages() =>
        [.. FolderFeed.Asked.Where(package => package.Question != Core).Select(package => package.Id)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(OptionalPackages))]
    public async Task A_feed_that_lacks_one_package_costs_that_package_and_nothing_else(string missing)
    {
        var answer = await AskAsync(FeedWith((id, _) => id != missing));
        foreach (var (id, _, question) in FolderFeed.Asked)
        {
            Assert.Equal(id == missing ? "false" : "true", answer[$"FeedHas{question}"]);
        }

        Assert.Equal(missing, answer["FeedProbeLeftOut"]);
    }

    [Fact]
    public async Task Packages_that_are_useless_without_each_other_are_left_out_together()
    {
        var answer = await AskAsync(FeedWith((id, _) => id != "Aspire.Hosting.Redis"));
        Assert.Equal("false", answer["FeedHasAspire"]);
        Assert.Equal("true", answer["FeedHasNeo4jDriver"]);
        Assert.Equal(Core, answer["FeedProbeLeftOut"]);
    }

    [Theory]
    [InlineData("5.28.0")]
    [InlineData("5.28.99")]
    public async Task Another_version_of_the_same_series_serves_as_well(string served)
    {
        const string Package = "Neo4j.Driver";
        var feed = FeedWith((id, _) => id != Package);
        feed.Add(Package, served);
        var answer = await AskAsync(feed);
        Assert.Equal("true", answer["FeedHasNeo4jDriver"]);
        Assert.Equal(served, answer["Neo4jDriverVersion"]);
        Assert.Contains($"{Package} {served}", answer["FeedProbeFound"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_of_another_series_does_not()
    {
        const string Package = "Neo4j.Driver";
        var feed = FeedWith((id, _) => id != Package);
        feed.Add(Package, "5.27.0");
        feed.Add(Package, "6.0.0");
        var answer = await AskAsync(feed);
        Assert.Equal("false", answer["FeedHasNeo4jDriver"]);
    }

    [Fact]
    public async Task Of_several_versions_the_pinned_one_is_taken()
    {
        var (id, version, _) = FolderFeed.Asked.Single(package => package.Id == "Aspire.Hosting.MongoDB");
        var feed = FeedWith((_, _) => true);
        feed.Add(id, "13.6.0");
        feed.Add(id, "13.6.98");
        var answer = await AskAsync(feed);
        Assert.Equal(version, answer["AspireHostingMongoDBVersion"]);
    }

    [Fact]
    public async Task A_feed_that_does_not_answer_is_asked_again_by_the_next_build()
    {
        Assert.Null(await TryAskAsync("https://127.0.0.1:1/index.json"));
    }

    private FolderFeed FeedWith(Func<string, string, bool> has)
    {
        var feed = new FolderFeed(Path.Combine(_folder.Path, "feed"));
        foreach (var (id, version) in FolderFeed.Asked.Select(package => (package.Id, package.Version))
            .Concat(FolderFeed.Programs(RuntimeInformation.RuntimeIdentifier)).Where(package => has(package.Item1, package.Item2)))
        {
            feed.Add(id, version);
        }

        return feed;
    }

    private async Task<IReadOnlyDictionary<string, string>> AskAsync(FolderFeed feed) =>
        await TryAskAsync(feed.Folder) ?? throw new InvalidOperationException("The probe wrote no answer.");

    /// <summary>Returns the answers by property; null if the probe wrote none.</summary>
    private async Task<IReadOnlyDictionary<string, string>?> TryAskAsync(string source)
    {
        var scratch = Path.Combine(_folder.Path, "scratch") + "/";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                "msbuild", Repository.Find("eng", "feed-probe", "FeedProbe.proj")!, "-t:Ask", "-nologo",
                "-nodeReuse:false", $"-p:Scratch={scratch}", $"-p:RestoreSources={source}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Use a separate cache, so that the machine's packages are neither used nor changed.
            Environment = { ["NUGET_PACKAGES"] = Path.Combine(_folder.Path, "packages"), ["NUGET_EXPERIMENTAL_MAX_NETWORK_TRY_COUNT"] = "1" },
        };
        using var process = Process.Start(start)!;
        await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var answer = Path.Combine(scratch, "answer.props");
        return File.Exists(answer)
            ? XDocument.Load(answer).Descendants("PropertyGroup").Elements().ToDictionary(one => one.Name.LocalName, one => one.Value)
            : null;
    }
}
