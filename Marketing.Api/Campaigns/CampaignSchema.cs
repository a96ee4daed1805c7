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
            ["name"] = Schemas.Text(1, CampaignReader.MaxNameLength, "The name that marketers use."),
            ["text"] = Schemas.Text(0, limits.MaxTextLength, "What it is about, in the words a customer would use."),
            ["startsAt"] = Schemas.Instant("When it may first be shown. Default: no limit."),
            ["endsAt"] = Schemas.Instant("When it may no longer be shown; after startsAt. Default: no limit."),
            ["audience"] = Schemas.Map(values, CampaignReader.MaxAudienceSize,
                "Attribute names with their accepted values; a user must match every attribute. Default: everyone."),
            ["frequencyCap"] = Schemas.Object("How often it may be shown to one user.", ["maxViews", "window"], new()
            {
                ["maxViews"] = Schemas.Integer(1, CampaignEdge.MaxRecentViews, "Views within the window."),
                ["window"] = Schemas.Window("Length of the sliding window, such as 7d."),
            }),
            ["properties"] = Schemas.FreeForm("Any other data, stored unchanged."),
        });
    }
}
