namespace Marketing.AppHost;

/// <summary>Configures access to the admin endpoints, and the dashboard commands that call them.</summary>
internal static class Admin
{
    /// <summary>The name of the parameter that holds the admin key.</summary>
    public const string Key = "admin-key";

    /// <summary>The name of the parameter that holds the key of Airflow; empty where there is none.</summary>
    public const string AirflowKey = "airflow-key";

    // What the DAGs of deploy/airflow call: jobs and checks, the catalog, and a recommendation.
    private const string AirflowScopes = "admin campaigns:read recommendations:read";

    private static readonly string[] Projections = ["vectors", "graph", "engagement"];

    /// <summary>
    /// In run mode, adds dashboard commands that load the sample data, rebuild each projection and check consistency; they need no key
    /// because they call from the same machine.
    /// </summary>
    /// <remarks>In publish mode, requires an admin key and accepts one of Airflow, which are secret parameters.</remarks>
    public static IResourceBuilder<ProjectResource> WithAdmin(this IResourceBuilder<ProjectResource> api)
    {
        if (api.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            api.ApplicationBuilder.NeedsNoValueToPublish($"Parameters:{Key}");
            api.ApplicationBuilder.NeedsNoValueToPublish($"Parameters:{AirflowKey}");
            return api.WithEnvironment("Access__AdminKey", api.ApplicationBuilder.AddParameter(Key, secret: true))
                .WithEnvironment("Access__Keys__0__Name", "airflow")
                .WithEnvironment("Access__Keys__0__Key", api.ApplicationBuilder.AddParameter(AirflowKey, secret: true))
                .WithEnvironment("Access__Keys__0__Scopes", AirflowScopes);
        }

        // Trust no forwarding header: only this machine connects, directly or, with several replicas, through Aspire's proxy.
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
                Description = $"Rebuilds the {projection} projection from the log while the system serves.",
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
    /// Loads the sample data into an empty log unless the log is a server given by connection string, which may be a production log.
    /// </summary>
    /// <remarks><c>SampleData:LoadOnFirstRun=false</c> turns this off.</remarks>
    private static void WithSampleDataOnFirstRun(this IResourceBuilder<ProjectResource> api)
    {
        var settings = api.ApplicationBuilder.Configuration;
        if (string.IsNullOrWhiteSpace(settings.GetConnectionString("mongodb")))
        {
            api.WithEnvironment("SampleData__LoadOnFirstRun", settings["SampleData:LoadOnFirstRun"] ?? "true");
        }
    }
}
