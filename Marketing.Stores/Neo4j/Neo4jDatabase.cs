using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>Runs Cypher in managed transactions, which the driver retries after a leader change or a deadlock.</summary>
internal sealed class Neo4jDatabase(IDriver driver, string? name)
{
    public IDriver Driver => driver;

    public Task<IReadOnlyList<IRecord>> ReadAsync(string cypher, Dictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        RunAsync(cypher, parameters, RoutingControl.Readers, cancellationToken);

    public Task<IReadOnlyList<IRecord>> WriteAsync(string cypher, Dictionary<string, object?> parameters, CancellationToken cancellationToken) =>
        RunAsync(cypher, parameters, RoutingControl.Writers, cancellationToken);

    private async Task<IReadOnlyList<IRecord>> RunAsync(
        string cypher, Dictionary<string, object?> parameters, RoutingControl routing, CancellationToken cancellationToken)
    {
        var result = await driver.ExecutableQuery(cypher)
            .WithParameters(parameters!)
            .WithConfig(new QueryConfig(routing, name))
            .ExecuteAsync(cancellationToken)
            .WaitAsync(cancellationToken); // the driver checks the token only between its steps
        return result.Result;
    }
}
