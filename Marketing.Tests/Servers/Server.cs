using Microsoft.Extensions.Configuration;

namespace Marketing.Tests.Servers;

/// <summary>Real servers that the tests may use: those whose connection string is set as <c>ConnectionStrings__NAME</c>.</summary>
internal static class Server
{
    private static readonly IConfiguration Environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>The connection string, or else the test is skipped and says what it needs.</summary>
    public static string Required(string name)
    {
        var connectionString = Environment.GetConnectionString(name);
        Assert.SkipWhen(string.IsNullOrEmpty(connectionString), $"needs a real server: set ConnectionStrings__{name}");
        return connectionString!;
    }
}
