using System.Globalization;
using Marketing.Projections.Ingestion;
using Microsoft.OpenApi;

namespace Marketing.Api.OpenApi;

/// <summary>JSON schemas for bodies that the API parses itself, which the framework cannot describe.</summary>
internal static class Schemas
{
    private const string NoControlCharacters = "^[^\\u0000-\\u001f\\u007f-\\u009f]+$";
    private const string IdPattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]{1,128}$";

    public static OpenApiSchema Id(string description) => new()
    {
        Type = JsonSchemaType.String,
        MinLength = 1,
        MaxLength = InteractionLimits.MaxIdLength,
        Pattern = NoControlCharacters,
        Description = description,
    };

    public static OpenApiSchema Text(int minLength, int maxLength, string description) => new()
    {
        Type = JsonSchemaType.String,
        MinLength = minLength,
        MaxLength = maxLength,
        Pattern = minLength == 0 ? "^[^\\u0000]*$" : "^[^\\u0000]*\\S[^\\u0000]*$",
        Description = description,
    };

    public static OpenApiSchema Instant(string description) => new()
    {
        Type = JsonSchemaType.String,
        Format = "date-time",
        Description = description,
    };

    public static OpenApiSchema Window(string description) => new()
    {
        Type = JsonSchemaType.String,
        Pattern = WindowText.Pattern,
        Description = description,
    };

    public static OpenApiSchema Integer(int minimum, int maximum, string description) => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = minimum.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum.ToString(CultureInfo.InvariantCulture),
        Description = description,
    };

    public static OpenApiSchema OneOf(string description, params IEnumerable<string> values) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. values],
        Description = description,
    };

    public static OpenApiSchema List(IOpenApiSchema items, int minItems, int maxItems) => new()
    {
        Type = JsonSchemaType.Array,
        Items = items,
        MinItems = minItems,
        MaxItems = maxItems,
    };

    /// <summary>An object whose keys are ids.</summary>
    public static OpenApiSchema Map(IOpenApiSchema values, int maxProperties, string description) => new()
    {
        Type = JsonSchemaType.Object,
        PatternProperties = new Dictionary<string, IOpenApiSchema> { [IdPattern] = values },
        AdditionalPropertiesAllowed = false,
        MaxProperties = maxProperties,
        Description = description,
    };

    public static OpenApiSchema FreeForm(string description) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
    };

    /// <summary>An object that allows only these fields; null in an optional field is the same as omitting it.</summary>
    public static OpenApiSchema Object(string description, IReadOnlyCollection<string> required, Dictionary<string, OpenApiSchema> fields)
    {
        foreach (var (_, field) in fields.Where(field => !required.Contains(field.Key)))
        {
            field.Type |= JsonSchemaType.Null;
        }

        return new()
        {
            Type = JsonSchemaType.Object,
            Description = description,
            Properties = fields.ToDictionary(static field => field.Key, static IOpenApiSchema (field) => field.Value),
            Required = required.ToHashSet(),
            AdditionalPropertiesAllowed = false,
        };
    }

    /// <summary>Documents the request body of an endpoint.</summary>
    public static TBuilder WithBody<TBuilder>(
        this TBuilder endpoint, Func<IServiceProvider, Dictionary<string, OpenApiMediaType>> content)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = content(context.ApplicationServices),
            };
            return Task.CompletedTask;
        });

    /// <summary>Documents a JSON request body.</summary>
    public static TBuilder WithJsonBody<TBuilder>(this TBuilder endpoint, Func<IServiceProvider, OpenApiSchema> schema)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithBody(services => new() { ["application/json"] = new() { Schema = schema(services) } });
}
