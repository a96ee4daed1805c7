namespace Marketing.AppHost;

/// <summary>Buttons on the dashboard, each a call of one of the API's admin endpoints.</summary>
internal static class AdminCommands
{
    private static readonly string[] Projections = ["vectors", "graph", "engagement"];

    /// <summary>Adds: load sample data, rebuild each projection, check consistency.</summary>
    public static IResourceBuilder<ProjectResource> WithAdminCommands(this IResourceBuilder<ProjectResource> api)
    {
        api.WithHttpCommand("/admin/sample-data", "Load sample data", commandOptions: new()
        {
            Method = HttpMethod.Post,
            Description = "Loads the sample bank: campaigns, chats, clicks and conversions. Loading it again changes nothing.",
            IconName = "DatabaseArrowDown",
            IsHighlighted = true,
        });

        foreach (var projection in Projections)
        {
            api.WithHttpCommand($"/admin/projections/{projection}/rebuild", $"Rebuild {projection}", commandOptions: new()
            {
                Method = HttpMethod.Post,
                Description = $"Throws the {projection} projection away and builds it again from the log, while serving.",
                ConfirmationMessage = $"Rebuild {projection} from the log?",
                IconName = "ArrowSync",
            });
        }

        return api.WithHttpCommand("/admin/consistency", "Check consistency", commandOptions: new()
        {
            Method = HttpMethod.Get,
            Description = "Compares every projection with the log.",
            IconName = "CheckmarkCircle",
        });
    }
}
