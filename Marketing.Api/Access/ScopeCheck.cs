using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Marketing.Api.Access;

/// <summary>Lets a request through to an endpoint if its caller has the scope that the endpoint requires.</summary>
/// <remarks>
/// Must come after routing and before anything that looks at parameters or data, so that an answer to a stranger says nothing about either.
/// </remarks>
internal sealed class ScopeCheck(RequestDelegate next, AnonymousAccess anonymous, AccessRefusals refusals)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is not { } required)
        {
            return next(http);
        }

        // HttpContext.User would create a principal for a caller who has none.
        if (http.Features.Get<IHttpAuthenticationFeature>()?.User is AccessPrincipal caller)
        {
            return caller.Scopes.HasFlag(required.Scope) ? next(http) : AccessRefusals.LacksAsync(http, required);
        }

        if (http.Features.Get<RefusedSecret>() is { } refused)
        {
            return refusals.WrongAsync(http, refused, required);
        }

        return anonymous.Allows(required.Scope, http) ? next(http)
            : anonymous.AsksForKey(required.Scope) ? AccessRefusals.MissingAsync(http, required)
            : refusals.NotLocalAsync(http, required);
    }
}
