using System.Data.Common;

namespace Marketing.Stores.BigQuery;

/// <summary>
/// The parsed <c>ConnectionStrings:bigquery</c>: <c>Project=my-project;Dataset=marketing</c>, for an emulator with
/// <c>;Endpoint=http://host:9050</c>.
/// </summary>
/// <param name="Project">The Google Cloud project that owns the data and pays for the queries.</param>
/// <param name="Dataset">The dataset; created when it is missing.</param>
/// <param name="Endpoint">The API's address. Only Google's own is called with credentials.</param>
internal sealed record BigQueryConnection(string Project, string Dataset, Uri Endpoint)
{
    private static readonly Uri Google = new("https://bigquery.googleapis.com");

    /// <summary>Whether requests carry the application default credentials.</summary>
    public bool NeedsCredentials => Endpoint.Host == Google.Host;

    /// <summary>The base address of this project's resources.</summary>
    public Uri Root => new(Endpoint, $"/bigquery/v2/projects/{Project}/");

    /// <exception cref="StoreStartupException">The project is missing or the endpoint is not an address.</exception>
    public static BigQueryConnection Parse(string connectionString)
    {
        try
        {
            var pairs = new DbConnectionStringBuilder { ConnectionString = connectionString };
            if (pairs.Find("Project") is { Length: > 0 } project)
            {
                return new(project, pairs.Find("Dataset") ?? "marketing", pairs.Find("Endpoint") is { } endpoint ? new Uri(endpoint) : Google);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException)
        {
            // Reported below, with one message for all cases.
        }

        throw new StoreStartupException("ConnectionStrings:bigquery must be Project=my-project;Dataset=marketing, with ;Endpoint=http://host:9050 for an emulator.");
    }
}
