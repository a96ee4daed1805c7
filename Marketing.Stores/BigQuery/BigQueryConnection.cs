using System.Data.Common;

namespace Marketing.Stores.BigQuery;

/// <summary>
/// What <c>ConnectionStrings:bigquery</c> says: <c>Project=my-project;Dataset=marketing</c>, and for an emulator <c>;Endpoint=http://host:9050</c>.
/// </summary>
/// <param name="Project">The Google Cloud project that owns the data and pays for the queries.</param>
/// <param name="Dataset">The data set; made when it is not there.</param>
/// <param name="Endpoint">Where the API is. Only Google's own is called with credentials.</param>
internal sealed record BigQueryConnection(string Project, string Dataset, Uri Endpoint)
{
    private static readonly Uri Google = new("https://bigquery.googleapis.com");

    /// <summary>Whether requests bear the application's default credentials.</summary>
    public bool NeedsCredentials => Endpoint.Host == Google.Host;

    /// <summary>The address below which this project's resources are.</summary>
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
            // Told below, in one way.
        }

        throw new StoreStartupException("ConnectionStrings:bigquery must be Project=my-project;Dataset=marketing, with ;Endpoint=http://host:9050 for an emulator.");
    }
}
