using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Aspire.Integrations;

public sealed class PublishTests : IDisposable
{
    private const string Secret = "correct-horse-battery-staple";

    private static readonly string[] Secrets = ["admin-key", "airflow-key", "mongo-password", "neo4j-password", "milvus-key", "redis-password"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-publish-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_manifest_contains_no_secret()
    {
        var manifest = Path.Combine(_folder.FullName, "manifest.json");
        await PublishAsync(["--publisher=manifest", $"--output-path={manifest}"]);
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        Assert.Contains("{neo4j-password.value}", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compose", "docker-compose.yaml")]
    [InlineData("kubernetes", "values.yaml")]
    public async Task The_deployment_files_contain_no_secret(string deployment, string expected)
    {
        await PublishAsync(["--step=publish", $"--Deployment={deployment}", $"--output-path={_folder.FullName}"]);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, expected)));
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task The_deployment_files_are_those_in_the_repository(string deployment)
    {
        var kept = Repository.Find("deploy", deployment);
        Assert.SkipWhen(kept is null, "deploy/ is not above the tests.");
        await RunAsync(["--step=publish", $"--Deployment={deployment}", $"--output-path={_folder.FullName}"]);
        foreach (var file in _folder.EnumerateFiles("*.yaml", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(_folder.FullName, file.FullName);
            Assert.Equal(
                await File.ReadAllTextAsync(Path.Combine(kept, name), TestContext.Current.CancellationToken),
                await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken),
                ignoreLineEndingDifferences: true);
        }
    }

    /// <summary>Otherwise Aspire would prompt for the value and save it in the developer's home directory.</summary>
    [Theory]
    [InlineData("compose")]
    [InlineData("kubernetes")]
    public async Task Nobody_is_asked_for_a_value(string deployment)
    {
        await using var topology = await Topology.With("--operation=publish", "--step=publish", $"--Deployment={deployment}");
        foreach (var parameter in topology.Resources.OfType<ParameterResource>())
        {
            Assert.NotEmpty((await parameter.GetValueAsync(TestContext.Current.CancellationToken))!);
        }

        Assert.True(topology.Configuration.GetValue<bool>("Pipeline:ClearCache"));
    }

    [Fact]
    public async Task Another_deployment_is_refused_by_name()
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => Topology.With("--Deployment=nomad"));
        Assert.Equal("Deployment is nomad; it must be compose or kubernetes.", failure.Message);
    }

    private static async Task PublishAsync(string[] settings)
    {
        string[] secrets =
        [
            .. Secrets.Select(secret => $"--Parameters:{secret}={Secret}"),
            $"--ConnectionStrings:kafka=broker:9092,password={Secret}",
        ];
        await RunAsync([.. settings, .. secrets]);
    }

    private static async Task RunAsync(string[] settings)
    {
        await using var topology = await Topology.With(["--operation=publish", .. settings]);
        await using var application = await topology.BuildAsync();
        await application.RunAsync(TestContext.Current.CancellationToken);
    }
}
