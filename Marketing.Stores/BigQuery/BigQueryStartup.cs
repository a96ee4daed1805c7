using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.BigQuery;

/// <summary>Checks API, credentials and schema version and creates dataset and table before anything else starts.</summary>
internal sealed class BigQueryStartup(BigQueryClient client, BigQueryConnection connection, IOptions<BigQueryOptions> options)
    : ServerStartup("BigQuery", $"{connection.Endpoint}, project {connection.Project}", BigQueryRegistration.ConnectionName)
{
    protected override Task ReachAsync(CancellationToken cancellationToken) => client.FindAsync("datasets", connection.Dataset, cancellationToken);

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var dataset = new JsonObject { ["projectId"] = connection.Project, ["datasetId"] = connection.Dataset };
        await client.EnsureAsync("datasets", connection.Dataset, new JsonObject { ["datasetReference"] = dataset }, cancellationToken);
        var table = await client.EnsureAsync(
            $"datasets/{connection.Dataset}/tables",
            options.Value.Table,
            BigQueryFacts.Schema(connection, options.Value.Table),
            cancellationToken);
        if (BigQueryFacts.VersionOf(table) is var found && found > BigQueryFacts.Version)
        {
            throw new StoreStartupException(string.Create(CultureInfo.InvariantCulture,
                $"Table {connection.Dataset}.{options.Value.Table} of ConnectionStrings:bigquery has schema version {found}, but this program supports {BigQueryFacts.Version}: run the newer version, or set BigQuery:Table to another table."));
        }
    }

    protected override bool IsRefusal(Exception exception) =>
        exception is BigQueryException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };

    protected override bool IsAbsence(Exception exception) =>
        exception is HttpRequestException { StatusCode: null, InnerException: SocketException or IOException };
}
