using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>The tables of <c>graph.db</c>: a row a user, its edges as <see cref="AdjacencyWriter"/> writes them.</summary>
internal static class GraphSchema
{
    public static readonly SqliteSchema Schema = new(
        NumberedNames.Table +
        """
        CREATE TABLE users(
            id INTEGER PRIMARY KEY,
            key BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            edges BLOB NOT NULL) STRICT;
        """);
}
