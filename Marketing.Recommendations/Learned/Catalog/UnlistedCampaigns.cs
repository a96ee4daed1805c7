namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>
/// When to recommend campaigns that are known only from interactions; a campaign deleted from the catalog is never recommended.
/// </summary>
internal enum UnlistedCampaigns
{
    /// <summary>Recommend only campaigns in the catalog.</summary>
    Never,

    /// <summary>Recommend them until the first campaign is put into the catalog, so that the product works without one.</summary>
    WithoutCatalog,

    /// <summary>Recommend them alongside the catalog; they have no name, active window, audience or frequency cap.</summary>
    Always,
}

internal static class UnlistedCampaignsExtensions
{
    /// <summary>Whether unlisted campaigns may be recommended alongside these.</summary>
    public static bool AllowedBeside(this UnlistedCampaigns setting, CampaignTable campaigns) => setting switch
    {
        UnlistedCampaigns.Always => true,
        UnlistedCampaigns.WithoutCatalog => !campaigns.HasCatalog,
        _ => false,
    };
}
