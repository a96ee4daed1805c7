using Marketing.Api.OpenApi;
using Marketing.Projections.Ingestion;
using Microsoft.OpenApi;

namespace Marketing.Api.Interactions;

/// <summary>The request schema of <c>POST /interactions</c>.</summary>
internal static class InteractionSchema
{
    public static Dictionary<string, OpenApiMediaType> Content(IServiceProvider services)
    {
        var limits = services.GetRequiredService<InteractionLimits>();
        var interaction = new OpenApiSchema { OneOf = [Chat(limits), WithCampaign()] };
        var batch = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = interaction,
            Description = $"At most {limits.MaxBatchItems}; more get a 413.",
        };
        return new()
        {
            ["application/json"] = new()
            {
                Schema = new OpenApiSchema { OneOf = [Chat(limits), WithCampaign(), batch] },
            },
            ["application/x-ndjson"] = new()
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One interaction a line, any number of lines." },
            },
        };
    }

    private static OpenApiSchema Chat(InteractionLimits limits) => Schemas.Object(
        "A user said something.", ["userId", "type", "text"], Fields(new()
        {
            ["type"] = Schemas.OneOf("Case-insensitive.", "chat"),
            ["text"] = Schemas.Text(1, limits.MaxTextLength, "What was said."),
            ["campaignId"] = Schemas.Id("The campaign it was about, if any."),
        }));

    private static OpenApiSchema WithCampaign() => Schemas.Object(
        "A user saw a campaign, clicked it, converted, or dismissed it.",
        ["userId", "type", "campaignId"],
        Fields(new()
        {
            ["type"] = Schemas.OneOf("Case-insensitive.", InteractionTypes.Names.Skip(1)),
            ["campaignId"] = Schemas.Id("The campaign."),
        }));

    private static Dictionary<string, OpenApiSchema> Fields(Dictionary<string, OpenApiSchema> fields)
    {
        fields["eventId"] = Schemas.Id("The identity of the interaction. If it is omitted, it is derived from the content and occurredAt, so that a retry counts as a duplicate. If occurredAt is omitted too, a chat with the same content within the same five minutes is a duplicate; anything else is a new event.");
        fields["userId"] = Schemas.Id("Who.");
        fields["occurredAt"] = Schemas.Instant("When it happened: a time with an offset, not before 1970 and not in the future. Default: now.");
        fields["occurredAt"].Pattern = "^(19[7-9][0-9]|2[0-9]{3})-";
        fields["properties"] = Schemas.FreeForm("Any other data, stored unchanged.");
        return fields;
    }
}
