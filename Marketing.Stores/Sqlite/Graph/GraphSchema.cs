using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>The tables of <c>graph.db</c>: one row per user, with its edges as <see cref="AdjacencyWriter"/> writes them.</summary>
internal static class GraphSchema
{
    public const string Tables =
        NumberedNames.Table +
        UserNumbers.Table +
        """
        CREATE TABLE adjacency(
            user_id INTEGER PRIMARY KEY,
            edges BLOB NOT NULL) STRICT;
        """;

    public static readonly SqliteSchema Schema = new(Tables, ProjectionDatabase.MarkTable(filled: "adjacency"));
}
