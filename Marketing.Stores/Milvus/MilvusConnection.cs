using System.Data.Common;

namespace Marketing.Stores.Milvus;

/// <summary>
/// The parsed <c>ConnectionStrings:milvus</c>: <c>Endpoint=http://host:19530;Key=user:password;Database=name</c>, of which only the
/// endpoint is required.
/// </summary>
/// <param name="Endpoint">The server.</param>
/// <param name="Username">The user; null for no authentication.</param>
/// <param name="Password">The password; null for no authentication.</param>
/// <param name="Database">The database; null for the default.</param>
internal sealed record MilvusConnection(Uri Endpoint, string? Username, string? Password, string? Database)
{
    /// <exception cref="StoreStartupException">The endpoint is missing or not an address.</exception>
    public static MilvusConnection Parse(string connectionString)
    {
        string? username = null, password = null, database = null;
        var address = connectionString;
        if (connectionString.Contains('=', StringComparison.Ordinal))
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = connectionString };
            address = pairs.Find("Endpoint") ?? "";
            database = pairs.Find("Database");
            if (pairs.Find("Key")?.Split(':', 2) is [var user, var secret])
            {
                (username, password) = (user, secret);
            }
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            ? new(endpoint!, username, password, database)
            : throw new StoreStartupException(
                "ConnectionStrings:milvus must be an address such as Endpoint=http://host:19530;Key=user:password;Database=name.");
    }
}
