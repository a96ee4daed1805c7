using System.Net;

namespace Marketing.Stores.BigQuery;

/// <summary>BigQuery refused or failed.</summary>
public sealed class BigQueryException(HttpStatusCode status, string reason, string message)
    : HttpRequestException(message, null, status)
{
    /// <summary>The API's word for it, such as <c>notFound</c>, <c>quotaExceeded</c>, <c>invalidQuery</c>.</summary>
    public string Reason { get; } = reason;
}
