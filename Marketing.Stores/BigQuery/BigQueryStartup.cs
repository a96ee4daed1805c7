using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.BigQuery;

/// <summary>Before anything else starts: the API answers, the credentials are right, data set and table are there.</summary>
internal sealed class BigQueryStartup(BigQueryClient client, BigQueryConnection connection, IOptions<BigQueryOptions> options) : StoreStartup
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var dataset = new JsonObject { ["projectId"] = connection.Project, ["datasetId"] = connection.Dataset };
            await client.EnsureAsync("datasets", connection.Dataset, new JsonObject { ["datasetReference"] = dataset }, cancellationToken);
            await client.EnsureAsync(
                $"datasets/{connection.Dataset}/tables",
                options.Value.Table,
                BigQueryFacts.Schema(connection, options.Value.Table),
                cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException)
        {
            // The latter: no default credentials are to be found on this machine.
            throw new StoreStartupException(
                $"BigQuery at {connection.Endpoint}, project {connection.Project}, cannot be used (ConnectionStrings:bigquery): {exception.Message}", exception);
        }
    }
}
