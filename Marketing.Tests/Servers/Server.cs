using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Servers;

/// <summary>Real servers available to the tests: those with a connection string in <c>ConnectionStrings__NAME</c>.</summary>
internal static class Server
{
    /// <summary>The collection of tests that share Neo4j's only database and therefore run one at a time.</summary>
    public const string Neo4j = "neo4j";

    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>Returns the connection string, or skips the test with the setting it needs.</summary>
    public static string Required(string name)
    {
        var connectionString = Environment.GetConnectionString(name);
        Assert.SkipWhen(string.IsNullOrEmpty(connectionString), $"needs a real server: set ConnectionStrings__{name}");
        return connectionString!;
    }
}
