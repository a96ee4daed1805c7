using Aspire.Hosting.Docker;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace Marketing.AppHost;

/// <summary>What <c>aspire publish</c> writes.</summary>
internal static class Deployment
{
    // Engagement is kept in SQLite, in a file that the API and the worker share.
    private const string DataVolume = "marketing-data";
    private const string DataDirectory = "/data";

    /// <summary>Files for docker compose, or a Helm chart with <c>--Deployment=kubernetes</c>.</summary>
    /// <exception cref="DistributedApplicationException">The setting is neither.</exception>
    public static void AddDeployment(this IDistributedApplicationBuilder builder)
    {
        var target = builder.Configuration["Deployment"] ?? "compose";
        switch (target)
        {
            case "compose":
                builder.AddDockerComposeEnvironment("compose")
                    .WithDashboard(enabled: false)
                    .ConfigureComposeFile(file => file.AddVolume(new Volume { Name = DataVolume, Driver = "local" }));
                break;
            case "kubernetes":
                builder.AddKubernetesEnvironment("kubernetes").WithProperties(chart =>
                {
                    chart.HelmChartName = "marketing";
                    chart.HelmChartDescription = "Which campaign should this person see now?";
                    chart.DefaultStorageType = "pvc";
                    chart.DefaultStorageSize = "10Gi";
                });
                break;
            default:
                throw new DistributedApplicationException($"Deployment is {target}; it must be compose or kubernetes.");
        }
    }

    /// <summary>For compose: with the shared data, and started again until the stores answer. Kubernetes does the latter by itself.</summary>
    public static IResourceBuilder<ProjectResource> WithDeployment(this IResourceBuilder<ProjectResource> project) =>
        !project.ApplicationBuilder.Resources.OfType<DockerComposeEnvironmentResource>().Any()
            ? project
            : project.PublishAsDockerComposeService((_, service) =>
            {
                service.Restart = "unless-stopped";
                service.AddEnvironmentalVariable("Storage__DataDirectory", DataDirectory);
                service.AddVolume(new Volume { Name = DataVolume, Type = "volume", Source = DataVolume, Target = DataDirectory });
            });
}
