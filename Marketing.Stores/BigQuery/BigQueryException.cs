using System.Net;

namespace Marketing.Stores.BigQuery;

/// <summary>Thrown when BigQuery rejects a request or fails.</summary>
public sealed class BigQueryException(HttpStatusCode status, string reason, string message)
    : HttpRequestException(message, null, status)
{
    /// <summary>The API's error code, such as <c>notFound</c>, <c>quotaExceeded</c> or <c>invalidQuery</c>.</summary>
    public string Reason { get; } = reason;
}
