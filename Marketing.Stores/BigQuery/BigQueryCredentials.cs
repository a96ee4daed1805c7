using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

namespace Marketing.Stores.BigQuery;

/// <summary>Adds the application default credentials (service account, workload identity or developer login) to each request.</summary>
internal sealed class BigQueryCredentials(BigQueryConnection connection) : DelegatingHandler
{
    private const string Scope = "https://www.googleapis.com/auth/bigquery";

    private ITokenAccess? _credential;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (connection.NeedsCredentials)
        {
            // Two first requests may both ask; they get the same credential.
            _credential ??= (await GoogleCredential.GetApplicationDefaultAsync(cancellationToken)).CreateScoped(Scope);
            var token = await _credential.GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
