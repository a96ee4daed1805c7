using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>Before anything else starts: the server answers, the password is right, the constraints are there.</summary>
internal sealed class Neo4jStartup(Neo4jDatabase database, Neo4jConnection connection) : StoreStartup
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Neo4jSchema.EnsureAsync(database, cancellationToken);
        }
        catch (SecurityException exception)
        {
            throw new StoreStartupException(
                $"Neo4j at {connection.Endpoint} refuses the user or password of ConnectionStrings:{Neo4jRegistration.ConnectionName}.", exception);
        }
        catch (ServiceUnavailableException exception)
        {
            throw new StoreStartupException(
                $"No Neo4j answers at {connection.Endpoint}, which ConnectionStrings:{Neo4jRegistration.ConnectionName} names.", exception);
        }
    }
}
