using System.Net;
using System.Security.Claims;
using Marketing.Domain.Ports;
using Marketing.Projections.Audit;

namespace Marketing.Api.Audit;

/// <summary>Writes the audit entry of a request before the first byte of its answer.</summary>
/// <remarks>
/// Nobody sees an answer whose entry is not durable, unless the trail is down. Comes after routing, and before whatever denies access.
/// </remarks>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="recorder">Writes entries.</param>
/// <param name="addressOf">The address of a caller, as the connection has it.</param>
internal sealed class AuditMiddleware(RequestDelegate next, AuditRecorder recorder, Func<HttpContext, IPAddress?> addressOf)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AuditedEndpoint>() is { } endpoint)
        {
            var request = new AuditedRequest(endpoint);
            http.Features.Set(request);
            http.Response.OnStarting(() => RecordAsync(http, request));
        }

        return next(http);
    }

    private Task RecordAsync(HttpContext http, AuditedRequest request)
    {
        var (action, status) = (request.Endpoint.Action, http.Response.StatusCode);
        var address = addressOf(http)?.ToString();
        if (request.WasHandled)
        {
            return recorder.RecordAsync(action, ActorOf(http.User), address, request.Target ?? request.Endpoint.TargetOf(http.Request), status);
        }

        if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
        {
            recorder.Deny(action, ActorOf(http.User), address, status);
        }

        return Task.CompletedTask;
    }

    private static AuditActor ActorOf(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true })
        {
            return AuditActor.Anonymous;
        }

        var name = user.Identity.Name;
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? name;
        return id is null ? AuditActor.Anonymous : new AuditActor(id, name ?? id);
    }
}
