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
            Description = $"At most {limits.MaxBatchItems}; more are refused with 413.",
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
        "Somebody said something.", ["userId", "type", "text"], Fields(new()
        {
            ["type"] = Schemas.OneOf("In any case.", "chat"),
            ["text"] = Schemas.Text(1, limits.MaxTextLength, "What was said."),
            ["campaignId"] = Schemas.Id("The campaign it was about, if any."),
        }));

    private static OpenApiSchema WithCampaign() => Schemas.Object(
        "Somebody was shown a campaign, followed it, did what it asked for, or sent it away.",
        ["userId", "type", "campaignId"],
        Fields(new()
        {
            ["type"] = Schemas.OneOf("In any case.", InteractionTypes.Names.Skip(1)),
            ["campaignId"] = Schemas.Id("Which campaign."),
        }));

    private static Dictionary<string, OpenApiSchema> Fields(Dictionary<string, OpenApiSchema> fields)
    {
        fields["eventId"] = Schemas.Id("Its identity. Left out, it is derived from the content and occurredAt, so that sending it again is a duplicate; without occurredAt too, a chat is known for five minutes by its content, and everything else is an event of its own.");
        fields["userId"] = Schemas.Id("Who.");
        fields["occurredAt"] = Schemas.Instant("When, with an offset, not before 1970 and not in the future; now when left out.");
        fields["occurredAt"].Pattern = "^(19[7-9][0-9]|2[0-9]{3})-";
        fields["properties"] = Schemas.FreeForm("Anything else, kept as it came.");
        return fields;
    }
}
