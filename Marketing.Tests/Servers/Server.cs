using DotNet.Testcontainers.Builders;
using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Servers;

/// <summary>
/// Real servers available to the tests: those with a connection string in <c>ConnectionStrings__NAME</c>, and if
/// <c>MARKETING_TEST_CONTAINERS</c> is <c>true</c>, those that a container engine can start.
/// </summary>
internal static class Server
{
    /// <summary>The collection of tests that share Neo4j's only database and therefore run one at a time.</summary>
    public const string Neo4j = "neo4j";

    /// <summary>The setting without which no test starts a container.</summary>
    public const string ContainersWanted = "MARKETING_TEST_CONTAINERS";

    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>Returns the connection string, or skips the test with the setting it needs.</summary>
    public static async Task<string> RequiredAsync(string name)
    {
        if (Environment.GetConnectionString(name) is { Length: > 0 } connectionString)
        {
            return connectionString;
        }

        Assert.SkipUnless(
            Environment[ContainersWanted] == "true" && ServerContainers.Has(name),
            $"needs a real server: set ConnectionStrings__{name}{(ServerContainers.Has(name) ? $", or {ContainersWanted}=true with a container engine" : "")}");
        try
        {
            return await ServerContainers.ConnectAsync(name);
        }
        catch (DockerUnavailableException e)
        {
            Assert.Skip($"needs a real server: {ContainersWanted} is true, but no container engine answers. {e.Message}");
            throw;
        }
    }
}
