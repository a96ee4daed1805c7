namespace Marketing.Api.Problems;

/// <summary>Answers 400 to a request whose parameters are not those of the endpoint that it was routed to.</summary>
internal sealed class ParameterCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EndpointParameters>()?.Check(context.Request) is { } errors
            ? Problem.BadRequest(errors).ExecuteAsync(context)
            : next(context);
}

/// <summary>Which endpoints are checked.</summary>
internal static class ParameterCheckExtensions
{
    /// <summary>Checks every endpoint of a group.</summary>
    public static TBuilder WithCheckedParameters<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint => endpoint.Metadata.Add(EndpointParameters.Of((RouteEndpointBuilder)endpoint)));
        return endpoints;
    }
}
