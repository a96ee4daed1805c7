namespace Marketing.Stores.Neo4j;

/// <summary>The constraints that make <c>MERGE</c> safe among concurrent writers, and each look-up an index seek.</summary>
internal static class Neo4jSchema
{
    private static readonly string[] Statements =
    [
        "CREATE CONSTRAINT user_id IF NOT EXISTS FOR (u:User) REQUIRE u.id IS UNIQUE",
        "CREATE CONSTRAINT campaign_id IF NOT EXISTS FOR (c:Campaign) REQUIRE c.id IS UNIQUE",
    ];

    /// <summary>Makes them; nothing changes when they are there.</summary>
    public static async Task EnsureAsync(Neo4jDatabase database, CancellationToken cancellationToken)
    {
        foreach (var statement in Statements)
        {
            await database.WriteAsync(statement, [], cancellationToken);
        }

        await database.ReadAsync("CALL db.awaitIndexes(60)", [], cancellationToken);
    }
}
