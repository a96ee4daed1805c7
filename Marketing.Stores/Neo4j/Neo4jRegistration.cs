using Marketing.Domain.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>Registers Neo4j as the graph.</summary>
internal static class Neo4jRegistration
{
    /// <summary>The name of the connection string.</summary>
    public const string ConnectionName = "neo4j";

    public static IHostApplicationBuilder AddNeo4jGraph(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => Neo4jConnection.Parse(builder.Configuration.GetConnectionString(ConnectionName)!));
        services.AddSingleton(provider => Connect(provider.GetRequiredService<Neo4jConnection>()));
        services.AddSingleton(provider => new Neo4jDatabase(
            provider.GetRequiredService<IDriver>(), provider.GetRequiredService<Neo4jConnection>().Database));
        services.AddSingleton<IInteractionGraph, Neo4jInteractionGraph>();
        services.AddHostedService<Neo4jStartup>();
        services.AddHealthChecks().AddCheck<Neo4jHealthCheck>(ConnectionName);
        return builder;
    }

    internal static IDriver Connect(Neo4jConnection connection) => GraphDatabase.Driver(
        connection.Endpoint,
        connection is { Username: { } user, Password: { } password } ? AuthTokens.Basic(user, password) : AuthTokens.None,
        options => options
            .WithConnectionTimeout(TimeSpan.FromSeconds(5))
            .WithConnectionAcquisitionTimeout(TimeSpan.FromSeconds(10))
            .WithMaxTransactionRetryTime(TimeSpan.FromSeconds(10)));
}
