using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>Checks server, credentials and schema version and creates the constraints before anything else starts.</summary>
internal sealed class Neo4jStartup(Neo4jDatabase database, Neo4jConnection connection)
    : ServerStartup("Neo4j", connection.Endpoint.ToString(), Neo4jRegistration.ConnectionName)
{
    protected override Task ReachAsync(CancellationToken cancellationToken) => database.Driver.VerifyConnectivityAsync();

    protected override Task PrepareAsync(CancellationToken cancellationToken) => Neo4jSchema.EnsureAsync(database, cancellationToken);

    protected override bool IsRefusal(Exception exception) => exception is SecurityException;

    protected override bool IsAbsence(Exception exception) => exception is ServiceUnavailableException;
}
