using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Servers;

/// <summary>Real servers that the tests may use: those whose connection string is set as <c>ConnectionStrings__NAME</c>.</summary>
internal static class Server
{
    /// <summary>The tests that share the one database of a Neo4j, and so run one after the other.</summary>
    public const string Neo4j = "neo4j";

    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>The connection string, or else the test is skipped and says what it needs.</summary>
    public static string Required(string name)
    {
        var connectionString = Environment.GetConnectionString(name);
        Assert.SkipWhen(string.IsNullOrEmpty(connectionString), $"needs a real server: set ConnectionStrings__{name}");
        return connectionString!;
    }
}
