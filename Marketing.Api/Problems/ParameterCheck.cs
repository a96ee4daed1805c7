namespace Marketing.Api.Problems;

/// <summary>Answers 400 when a request's parameters do not match those of its endpoint.</summary>
internal sealed class ParameterCheck(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<EndpointParameters>()?.Check(context.Request) is { } errors
            ? Problem.BadRequest(errors).ExecuteAsync(context)
            : next(context);
}

/// <summary>Enables the parameter check.</summary>
internal static class ParameterCheckExtensions
{
    /// <summary>Checks the parameters of every endpoint in a group.</summary>
    public static TBuilder WithCheckedParameters<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint => endpoint.Metadata.Add(EndpointParameters.Of((RouteEndpointBuilder)endpoint)));
        return endpoints;
    }
}
