using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.BigQuery;

/// <summary>The calls of BigQuery's REST API that the engagement store uses.</summary>
internal sealed class BigQueryClient(HttpClient http, BigQueryConnection connection, IOptions<BigQueryOptions> options)
{
    private const int PageSize = 10_000;

    /// <summary>Returns the resource with an id, or null when there is none.</summary>
    public async Task<JsonObject?> FindAsync(string collection, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(HttpMethod.Get, $"{collection}/{id}", null, cancellationToken);
        }
        catch (BigQueryException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Creates a resource unless it exists.</summary>
    /// <returns>The existing or new resource.</returns>
    public async Task<JsonObject> EnsureAsync(string collection, string id, JsonObject resource, CancellationToken cancellationToken)
    {
        if (await FindAsync(collection, id, cancellationToken) is { } there)
        {
            return there;
        }

        try
        {
            return await SendAsync(HttpMethod.Post, collection, resource, cancellationToken);
        }
        catch (BigQueryException quicker) when (quicker.StatusCode == HttpStatusCode.Conflict)
        {
            // Another process created it in the meantime.
            return await SendAsync(HttpMethod.Get, $"{collection}/{id}", null, cancellationToken);
        }
    }

    /// <summary>Streams rows into a table.</summary>
    /// <exception cref="BigQueryException">A row was rejected.</exception>
    public async Task InsertAsync(string table, IEnumerable<JsonObject> rows, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            HttpMethod.Post,
            $"datasets/{connection.Dataset}/tables/{table}/insertAll",
            new JsonObject { ["rows"] = new JsonArray([.. rows]) },
            cancellationToken);
        if (answer["insertErrors"] is JsonArray { Count: > 0 } errors)
        {
            var first = errors[0]?["errors"]?[0];
            throw new BigQueryException(
                HttpStatusCode.OK,
                first?["reason"]?.GetValue<string>() ?? "invalid",
                $"BigQuery rejected {errors.Count} rows of {table}: {first?["message"]?.GetValue<string>()}");
        }
    }

    /// <summary>Runs a query and streams its rows, each a list of values as text.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string?>> QueryAsync(
        string sql,
        IReadOnlyList<QueryParameter> parameters,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "queries", Request(sql, parameters), cancellationToken);
        while (true)
        {
            foreach (var row in answer["rows"]?.AsArray() ?? [])
            {
                yield return [.. row!["f"]!.AsArray().Select(field => field!["v"]?.ToString())];
            }

            var complete = answer["jobComplete"]?.GetValue<bool>() ?? true;
            var page = answer["pageToken"]?.GetValue<string>();
            if (complete && string.IsNullOrEmpty(page))
            {
                yield break;
            }

            answer = await SendAsync(HttpMethod.Get, ResultsOf(answer, page), null, cancellationToken);
        }
    }

    private JsonObject Request(string sql, IReadOnlyList<QueryParameter> parameters) => new()
    {
        ["query"] = sql,
        ["useLegacySql"] = false,
        ["parameterMode"] = "NAMED",
        ["queryParameters"] = new JsonArray([.. parameters.Select(parameter => parameter.ToJson())]),
        ["maximumBytesBilled"] = options.Value.MaximumBytesBilled.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["maxResults"] = PageSize,
        ["timeoutMs"] = (long)(options.Value.Timeout.TotalMilliseconds * 0.8),
        ["defaultDataset"] = new JsonObject { ["projectId"] = connection.Project, ["datasetId"] = connection.Dataset },
    };

    private static string ResultsOf(JsonObject answer, string? page)
    {
        var job = answer["jobReference"]!;
        var location = job["location"]?.GetValue<string>();
        return $"queries/{job["jobId"]!.GetValue<string>()}?maxResults={PageSize}"
            + (string.IsNullOrEmpty(location) ? "" : $"&location={Uri.EscapeDataString(location)}")
            + (string.IsNullOrEmpty(page) ? "" : $"&pageToken={Uri.EscapeDataString(page)}");
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(connection.Root, path));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return answer;
        }

        var error = answer["error"];
        throw new BigQueryException(
            response.StatusCode,
            error?["errors"]?[0]?["reason"]?.GetValue<string>() ?? response.StatusCode.ToString(),
            $"BigQuery responded with {(int)response.StatusCode}: {error?["message"]?.GetValue<string>() ?? response.ReasonPhrase}");
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken) ?? [];
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            return []; // a proxy's error page
        }
    }
}

/// <summary>Thrown when BigQuery rejects a request or fails.</summary>
public sealed class BigQueryException(HttpStatusCode status, string reason, string message)
    : HttpRequestException(message, null, status)
{
    /// <summary>The API's error code, such as <c>notFound</c>, <c>quotaExceeded</c> or <c>invalidQuery</c>.</summary>
    public string Reason { get; } = reason;
}
