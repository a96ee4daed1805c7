using Marketing.Domain.Ports;
using Marketing.Projections.Consistency;
using Marketing.Recommendations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Marketing.Api.OpenApi;

/// <summary>Registers the OpenAPI document and the reference page.</summary>
internal static class OpenApiRegistration
{
    /// <summary>Adds the OpenAPI document.</summary>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        // Leave out HEAD, which every GET endpoint supports.
        options.ShouldInclude = static operation => operation.HttpMethod != HttpMethods.Head;
        options.AddDocumentTransformer(static (document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Marketing",
                Version = "v1",
                Description = "Which campaign should this person see now? Send what people say and do, and get recommendations.",
            };
            SecuritySchemes.AddTo(document, context.ApplicationServices);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Describe);
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            SecuritySchemes.AddTo(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            if (context.JsonPropertyInfo?.Name == "properties")
            {
                schema.Type = JsonSchemaType.Object;
            }

            // Null fields are left out of responses.
            foreach (var field in context.JsonTypeInfo.Properties)
            {
                if (field.IsGetNullable)
                {
                    schema.Required?.Remove(field.Name);
                }
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/scalar</c>; the page loads nothing from other hosts.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        routes.MapScalarApiReference(static options => options
            .WithTitle("Marketing API")
            .WithNonce()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp());
        routes.MapGet("/", static () => TypedResults.Redirect("/scalar")).ExcludeFromDescription();
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = context.Description.RelativePath ?? "";
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var described = parameter.Description ?? "";
            parameter.Schema = parameter.Name switch
            {
                "userId" or "campaignId" or "id" => Schemas.Id(described),
                "window" => Schemas.Window(described),
                "action" => Schemas.OneOf(described, AuditAction.All),
                "strategy" => Schemas.OneOf(described, context.ApplicationServices.GetRequiredService<IRecommender>().Strategies),
                "name" when path.StartsWith("admin/projections", StringComparison.Ordinal) =>
                    Schemas.OneOf(described, context.ApplicationServices.GetRequiredService<ProjectionService>().Names),
                "name" => Schemas.OneOf(described, context.ApplicationServices.GetRequiredService<IMaintenanceJobs>().Names),
                _ => parameter.Schema,
            };
        }

        return Task.CompletedTask;
    }
}
