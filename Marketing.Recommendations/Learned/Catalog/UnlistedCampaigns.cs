namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>When a campaign may be recommended that the catalog never had: its id is known from interactions alone. One that was deleted never is.</summary>
internal enum UnlistedCampaigns
{
    /// <summary>Only what is in the catalog is recommended.</summary>
    Never,

    /// <summary>As long as no campaign was ever put into the catalog, so that the product works without one.</summary>
    WithoutCatalog,

    /// <summary>Beside those of the catalog. They have no name, no window, no audience and no frequency cap.</summary>
    Always,
}

internal static class UnlistedCampaignsExtensions
{
    /// <summary>Whether unlisted campaigns may be recommended beside these.</summary>
    public static bool AllowedBeside(this UnlistedCampaigns setting, CampaignTable campaigns) => setting switch
    {
        UnlistedCampaigns.Always => true,
        UnlistedCampaigns.WithoutCatalog => !campaigns.HasCatalog,
        _ => false,
    };
}
