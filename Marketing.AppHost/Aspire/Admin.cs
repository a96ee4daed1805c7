namespace Marketing.AppHost;

/// <summary>Who may administer the API, and the buttons on the dashboard that do.</summary>
internal static class Admin
{
    /// <summary>The parameter that is the secret of operators.</summary>
    public const string Token = "admin-token";

    private static readonly string[] Projections = ["vectors", "graph", "engagement"];

    /// <summary>
    /// Run here, the API lets its own machine in, and the dashboard has commands: load sample data, rebuild each projection,
    /// check consistency. Published, it asks for a token, which is a secret parameter.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithAdmin(this IResourceBuilder<ProjectResource> api)
    {
        if (api.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            api.ApplicationBuilder.NeedsNoValueToPublish("Parameters:admin-token");
            return api.WithEnvironment("Admin__Token", api.ApplicationBuilder.AddParameter(Token, secret: true));
        }

        // Nobody but this machine connects to it here, and there is no proxy whose word it would take for who calls.
        api.DisableForwardedHeaders();
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

        api.WithSampleDataOnFirstRun();
        return api.WithHttpCommand("/admin/consistency", "Check consistency", commandOptions: new()
        {
            Method = HttpMethod.Get,
            Description = "Compares every projection with the log.",
            IconName = "CheckmarkCircle",
        });
    }

    /// <summary>
    /// A log in a container of ours begins with the sample bank, as an embedded one does; one given by its connection string is
    /// somebody's own. <c>SampleData:LoadOnFirstRun=false</c> leaves it out.
    /// </summary>
    private static void WithSampleDataOnFirstRun(this IResourceBuilder<ProjectResource> api)
    {
        var settings = api.ApplicationBuilder.Configuration;
        if (string.IsNullOrWhiteSpace(settings.GetConnectionString("mongodb")))
        {
            api.WithEnvironment("SampleData__LoadOnFirstRun", settings["SampleData:LoadOnFirstRun"] ?? "true");
        }
    }
}
