namespace Marketing.Api.Hosting;

/// <summary>HEAD and OPTIONS as RFC 9110 defines them: HEAD wherever GET is supported, OPTIONS on every path.</summary>
internal static class HttpMethodRules
{
    /// <summary>Makes every GET endpoint answer HEAD as well.</summary>
    public static TBuilder AllowHead<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { } methods
                && methods.HttpMethods.Contains(HttpMethods.Get) && !methods.HttpMethods.Contains(HttpMethods.Head))
            {
                endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head], methods.AcceptCorsPreflight));
            }
        });
        return endpoints;
    }

    /// <summary>Answers OPTIONS with the methods that routing allows, and HEAD without a body.</summary>
    public static Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Body = Stream.Null;
        }

        return HttpMethods.IsOptions(context.Request.Method) ? NameMethodsAsync(context, next) : next(context);
    }

    private static async Task NameMethodsAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } response)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Options}";
        }
    }
}
