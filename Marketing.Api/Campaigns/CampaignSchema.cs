using Marketing.Api.OpenApi;
using Marketing.Domain;
using Marketing.Projections.Ingestion;
using Microsoft.OpenApi;

namespace Marketing.Api.Campaigns;

/// <summary>The request schema of <c>PUT /campaigns/{campaignId}</c>.</summary>
internal static class CampaignSchema
{
    public static OpenApiSchema Body(IServiceProvider services)
    {
        var limits = services.GetRequiredService<InteractionLimits>();
        var values = Schemas.List(Schemas.Id("An accepted value."), 1, CampaignReader.MaxAudienceSize);
        return Schemas.Object("A campaign.", ["name"], new()
        {
            ["name"] = Schemas.Text(1, CampaignReader.MaxNameLength, "What marketers call it."),
            ["text"] = Schemas.Text(0, limits.MaxTextLength, "What it is about, in the words a customer would use."),
            ["startsAt"] = Schemas.Instant("First instant it may be shown; always when left out."),
            ["endsAt"] = Schemas.Instant("First instant it may no longer be shown, after startsAt; never ends when left out."),
            ["audience"] = Schemas.Map(values, CampaignReader.MaxAudienceSize,
                "Attribute name to accepted values; a user must match every attribute. Everybody when left out."),
            ["frequencyCap"] = Schemas.Object("How often one user may be shown it.", ["maxViews", "window"], new()
            {
                ["maxViews"] = Schemas.Integer(1, CampaignEdge.MaxRecentViews, "Views within the window."),
                ["window"] = Schemas.Window("Length of the sliding window, such as 7d."),
            }),
            ["properties"] = Schemas.FreeForm("Anything else, kept as it came."),
        });
    }
}
