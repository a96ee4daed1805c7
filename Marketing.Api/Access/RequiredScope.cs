using Marketing.Domain;

namespace Marketing.Api.Access;

/// <summary>The scope that a caller of an endpoint needs.</summary>
/// <param name="Scope">One scope.</param>
internal sealed record RequiredScope(Scopes Scope)
{
    /// <summary>The name of the scope.</summary>
    public string Name { get; } = ScopeNames.Format(Scope);
}

/// <summary>Declares scopes on endpoints.</summary>
internal static class RequiredScopeExtensions
{
    /// <summary>Lets only callers with a scope use an endpoint, and documents the answers to others.</summary>
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, Scopes scope) => endpoint
        .WithMetadata(new RequiredScope(scope))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>Lets only callers with a scope use the endpoints of a group.</summary>
    public static RouteGroupBuilder RequireScope(this RouteGroupBuilder endpoints, Scopes scope) => endpoints
        .WithMetadata(new RequiredScope(scope))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    /// <summary>Refuses to build an endpoint of a group that does not declare a scope, so that none is open by mistake.</summary>
    public static TBuilder WithRequiredScopes<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (!endpoint.Metadata.OfType<RequiredScope>().Any())
            {
                throw new InvalidOperationException($"{endpoint.DisplayName} must declare its scope with {nameof(RequireScope)}.");
            }
        });
        return endpoints;
    }
}
