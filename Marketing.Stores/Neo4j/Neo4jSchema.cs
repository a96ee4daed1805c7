using System.Globalization;
using Neo4j.Driver;

namespace Marketing.Stores.Neo4j;

/// <summary>
/// Creates the constraints that make <c>MERGE</c> safe for concurrent writers and each lookup an index seek, and a node with the version of
/// the layout.
/// </summary>
internal static class Neo4jSchema
{
    /// <summary>The version of the layout that this code reads and writes.</summary>
    public const int Version = 1;

    private static readonly string[] Constraints =
    [
        "CREATE CONSTRAINT user_id IF NOT EXISTS FOR (u:User) REQUIRE u.id IS UNIQUE",
        "CREATE CONSTRAINT campaign_id IF NOT EXISTS FOR (c:Campaign) REQUIRE c.id IS UNIQUE",
    ];

    /// <summary>Creates what is missing.</summary>
    /// <exception cref="StoreStartupException">The graph belongs to a newer version.</exception>
    public static async Task EnsureAsync(Neo4jDatabase database, CancellationToken cancellationToken)
    {
        // Two processes that start at once may create two such nodes; the highest version counts.
        var found = (await database.WriteAsync(
            "MERGE (s:MarketingSchema {store: 'graph'}) ON CREATE SET s.version = $version RETURN max(s.version) AS version",
            new() { ["version"] = Version },
            cancellationToken))[0]["version"].As<int>();
        if (found > Version)
        {
            throw new StoreStartupException(string.Create(CultureInfo.InvariantCulture,
                $"The graph of ConnectionStrings:neo4j has schema version {found}, but this program supports {Version}: run the newer version, or use another database."));
        }

        foreach (var constraint in Constraints)
        {
            await database.WriteAsync(constraint, [], cancellationToken);
        }

        await database.ReadAsync("CALL db.awaitIndexes(60)", [], cancellationToken);
    }
}
