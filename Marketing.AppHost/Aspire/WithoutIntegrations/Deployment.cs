namespace Marketing.AppHost;

/// <summary>Compiled where the feed serves Aspire without what publishes for docker compose and Kubernetes.</summary>
internal static class Deployment
{
    public static int? PortInContainer(this IDistributedApplicationBuilder builder) => null;

    public static bool HasServersOfItsOwn(this IDistributedApplicationBuilder builder) => false;

    /// <exception cref="DistributedApplicationException">It was asked to publish.</exception>
    public static void AddDeployment(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            throw new DistributedApplicationException(
                "This build cannot publish: its package feed serves neither Aspire.Hosting.Docker nor Aspire.Hosting.Kubernetes.");
        }
    }
}
