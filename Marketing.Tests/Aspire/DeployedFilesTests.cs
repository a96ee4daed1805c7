namespace Marketing.Tests.Aspire;

/// <summary>Checks the deployment files as shipped.</summary>
public sealed class DeployedFilesTests
{
    [Fact]
    public void Compose_runs_the_programs_without_privileges_and_not_without_a_secret()
    {
        var file = Read("compose", "docker-compose.yaml");
        Assert.Contains("Access__AdminKey: \"${ADMIN_KEY:?", file, StringComparison.Ordinal);
        foreach (var program in new[] { "ingest", "api" })
        {
            var service = file.Split($"\n  {program}:\n")[1].Split("\n  api:\n")[0].Split("\nnetworks:")[0];
            Assert.All(
                ["user: \"1654:1654\"", "read_only: true", "cap_drop:\n      - \"ALL\"", "no-new-privileges:true", "healthcheck:", "limits:", "memory: \"2g\""],
                setting => Assert.Contains(setting, service, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("api")]
    [InlineData("ingest")]
    public void The_chart_runs_pods_without_privileges(string program)
    {
        var deployment = Read("kubernetes", "templates", program, "deployment.yaml");
        Assert.All(
            ["runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "drop:", "- \"ALL\"", "type: \"RuntimeDefault\"",
                "automountServiceAccountToken: false", "limits:", "requests:"],
            setting => Assert.Contains(setting, deployment, StringComparison.Ordinal));
        Assert.Contains(
            Directory.EnumerateFiles(Find("kubernetes", "templates", program)),
            file => File.ReadAllText(file).Contains("kind: \"NetworkPolicy\"", StringComparison.Ordinal));
    }

    [Fact]
    public void The_chart_asks_for_a_secret() =>
        Assert.Contains("Access__AdminKey: \"{{ required ", Read("kubernetes", "templates", "api", "secrets.yaml"), StringComparison.Ordinal);

    private static string Read(params string[] path) => File.ReadAllText(Find(path)).ReplaceLineEndings("\n");

    private static string Find(params string[] path)
    {
        var folder = Repository.Find("deploy");
        Assert.SkipWhen(folder is null, "deploy/ is not above the tests.");
        return Path.Combine([folder, .. path]);
    }
}
