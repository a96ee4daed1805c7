using System.Data.Common;

namespace Marketing.Stores.Neo4j;

/// <summary>
/// The parsed <c>ConnectionStrings:neo4j</c>: an address (<c>bolt://user:password@host:7687</c>, also <c>neo4j://</c> and
/// <c>…+s://</c>) or pairs (<c>Endpoint=bolt://host:7687;Username=neo4j;Password=…;Database=neo4j</c>).
/// </summary>
/// <param name="Endpoint">The server or cluster.</param>
/// <param name="Username">The user; null for no authentication.</param>
/// <param name="Password">The password; null for no authentication.</param>
/// <param name="Database">The database; null for the server's default.</param>
internal sealed record Neo4jConnection(Uri Endpoint, string? Username, string? Password, string? Database)
{
    private static readonly string[] Schemes = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"];

    /// <exception cref="StoreStartupException">The connection string has neither form.</exception>
    public static Neo4jConnection Parse(string connectionString)
    {
        string? username = null, password = null, database = null;
        var address = connectionString;
        if (connectionString.Contains('=', StringComparison.Ordinal) && !connectionString.Contains("://", StringComparison.Ordinal)
            || connectionString.StartsWith("Endpoint=", StringComparison.OrdinalIgnoreCase))
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = connectionString };
            address = pairs.Find("Endpoint") ?? "";
            (username, password, database) = (pairs.Find("Username"), pairs.Find("Password"), pairs.Find("Database"));
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.Host.Length == 0)
        {
            throw new StoreStartupException(
                "ConnectionStrings:neo4j must be an address such as bolt://user:password@host:7687, or Endpoint=bolt://host:7687;Username=…;Password=….");
        }

        if (uri.UserInfo.Split(':', 2) is [var user, var secret])
        {
            (username, password) = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(secret));
        }

        var endpoint = new UriBuilder(uri) { UserName = "", Password = "" }.Uri;
        return new(endpoint, username, password, database);
    }
}
