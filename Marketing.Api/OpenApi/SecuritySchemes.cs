using Marketing.Api.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Marketing.Api.OpenApi;

/// <summary>Describes how a caller shows who it is, and which scope each operation requires.</summary>
internal static class SecuritySchemes
{
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";
    private const string OpenIdConnect = "openIdConnect";

    /// <summary>Adds the schemes to a document.</summary>
    public static void AddTo(OpenApiDocument document, IServiceProvider services)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        var schemes = document.Components.SecuritySchemes;
        schemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key (POST /admin/keys, or Access:AdminKey), or a token of the provider in Access:Authority.",
        };
        schemes[ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ShownSecret.KeyHeader,
            Description = "A key, for clients that use Authorization for something else.",
        };
        if (Authority(services) is { } authority)
        {
            schemes[OpenIdConnect] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OpenIdConnect,
                OpenIdConnectUrl = new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration"),
            };
        }
    }

    /// <summary>Adds the required scope to an operation: any one of the schemes, or none where a caller needs no key.</summary>
    public static void AddTo(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        if (endpoint.OfType<RequiredScope>().LastOrDefault() is not { } required)
        {
            return;
        }

        string[] schemes = Authority(context.ApplicationServices) is null ? [Bearer, ApiKey] : [Bearer, ApiKey, OpenIdConnect];
        operation.Security =
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [required.Name] }),
        ];
        if (context.ApplicationServices.GetRequiredService<AnonymousAccess>().MayAllow(required.Scope))
        {
            operation.Security.Add([]);
        }
    }

    private static string? Authority(IServiceProvider services) =>
        services.GetRequiredService<IOptions<AccessOptions>>().Value.Authority is { Length: > 0 } authority ? authority : null;
}
