using Marketing.Api.Hosting;
using Marketing.Domain.Ports;
using Marketing.Projections.Ingestion;

namespace Marketing.Api.Audit;

/// <summary>Metadata of an endpoint whose requests are kept in the audit trail.</summary>
/// <param name="Action">The action.</param>
/// <param name="Parameter">The route parameter with the target; null if it has none.</param>
/// <param name="IsPersonal">Whether the target may identify a person.</param>
internal sealed record AuditedEndpoint(string Action, string? Parameter, bool IsPersonal)
{
    /// <summary>Returns what a request is about; null if the endpoint has no target, or the request names no valid one.</summary>
    public AuditTarget? TargetOf(HttpRequest request) =>
        Parameter is not null
        && request.RouteValues[Parameter] is string segment
        && ExactPath.Decode(segment) is var id
        && Identifier.IsValid(id)
            ? new AuditTarget(id, IsPersonal)
            : null;
}

/// <summary>The entry of a request while the request runs.</summary>
internal sealed class AuditedRequest(AuditedEndpoint endpoint)
{
    /// <summary>The endpoint.</summary>
    public AuditedEndpoint Endpoint => endpoint;

    /// <summary>Whether the endpoint's handler was reached. If not, nothing was done.</summary>
    public bool WasHandled { get; set; }

    /// <summary>The target that the handler chose; null to take it from the route.</summary>
    public AuditTarget? Target { get; set; }
}

/// <summary>Marks endpoints for the audit trail.</summary>
internal static class AuditedEndpointExtensions
{
    /// <summary>Keeps every request to an endpoint in the audit trail.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="action">What it does, one of <see cref="AuditAction.All"/>.</param>
    /// <param name="target">The route parameter with the target.</param>
    /// <param name="person">The same if it may identify a person, so that only its hash is stored.</param>
    public static RouteHandlerBuilder Audited(
        this RouteHandlerBuilder endpoint, string action, string? target = null, string? person = null) =>
        endpoint
            .WithMetadata(new AuditedEndpoint(action, target ?? person, person is not null))
            .AddEndpointFilter(static (context, next) =>
            {
                // The last filter before the handler: those of the group, which check access, have let the request pass.
                if (context.HttpContext.Features.Get<AuditedRequest>() is { } audited)
                {
                    audited.WasHandled = true;
                }

                return next(context);
            });

    /// <summary>Names the target of the request that is being handled, for an endpoint that has none in its route.</summary>
    public static void SetAuditTarget(this HttpContext http, string id)
    {
        if (http.Features.Get<AuditedRequest>() is { } audited)
        {
            audited.Target = new AuditTarget(id);
        }
    }
}
