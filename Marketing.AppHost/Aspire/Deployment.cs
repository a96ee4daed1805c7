#if HAS_ASPIRE_HOSTING_DOCKER
using Aspire.Hosting.Docker.Resources.ServiceNodes;
#endif
#if HAS_ASPIRE_HOSTING_KUBERNETES
using Aspire.Hosting.Kubernetes.Resources;
#endif

namespace Marketing.AppHost;

/// <summary>
/// Defines what <c>aspire publish</c> writes: files for docker compose, or a Helm chart with <c>--Deployment=kubernetes</c>.
/// </summary>
internal static class Deployment
{
    private const string Kubernetes = "kubernetes";

    private const int InContainer = 8080;

#if HAS_ASPIRE_HOSTING_DOCKER || HAS_ASPIRE_HOSTING_KUBERNETES
    /// <summary>The data directory in a container: the home of the user of the .NET images.</summary>
    /// <remarks>
    /// A new volume mounted there belongs to that user. On a path that does not exist in the image, it would belong to root.
    /// </remarks>
    private const string DataDirectory = "/home/app";
#endif

    /// <summary>The port of a published program in its container; null in run mode, where each replica has its own port.</summary>
    public static int? PortInContainer(this IDistributedApplicationBuilder builder) => builder.ExecutionContext.IsPublishMode ? InContainer : null;

    /// <summary>Whether the stores run outside this deployment: in Kubernetes, operators or managed services run them.</summary>
    public static bool HasServersOfItsOwn(this IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode && builder.Configuration["Deployment"] == Kubernetes;

    /// <summary>Adds the deployment target.</summary>
    /// <remarks>Call it after all resources are added.</remarks>
    /// <exception cref="DistributedApplicationException">
    /// <c>Deployment</c> is neither compose nor kubernetes, or this build lacks the publisher for it.
    /// </exception>
    public static void AddDeployment(this IDistributedApplicationBuilder builder)
    {
        var target = builder.Configuration["Deployment"] ?? "compose";
        switch (target)
        {
            case "compose":
                builder.AddCompose();
                break;
            case Kubernetes:
                builder.AddKubernetes();
                break;
            default:
                throw new DistributedApplicationException($"Deployment is {target}; it must be compose or kubernetes.");
        }
    }

#if HAS_ASPIRE_HOSTING_DOCKER
    // Engagement is stored in a SQLite file that the API and the worker share.
    private const string DataVolume = "marketing-data";

    /// <summary>Adds the programs with the shared data volume; they restart until the stores answer.</summary>
    private static void AddCompose(this IDistributedApplicationBuilder builder)
    {
        builder.AddDockerComposeEnvironment("compose")
            .WithDashboard(enabled: false)
            .ConfigureComposeFile(file => file.AddVolume(new Volume { Name = DataVolume, Driver = "local" }));

        foreach (var program in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(program).PublishAsDockerComposeService((_, service) =>
            {
                service.Restart = "unless-stopped";
                service.Harden();
                service.AddEnvironmentalVariable("Storage__DataDirectory", DataDirectory);
                if (program.Name == "api")
                {
                    service.Environment["Access__AdminKey"] = "${ADMIN_KEY:?must be a secret of 32 characters or more, openssl rand -hex 32 makes one}";
                    service.AddEnvironmentalVariable("AllowedHosts", "${ALLOWED_HOSTS:-api}");
                }

                service.AddVolume(new Volume { Name = DataVolume, Type = "volume", Source = DataVolume, Target = DataDirectory });
            });
        }

        foreach (var store in builder.Resources.OfType<ContainerResource>())
        {
            // A store's entrypoint changes owners and users with the privileges it has, but must not gain any.
            builder.CreateResourceBuilder(store).PublishAsDockerComposeService(static (_, service) => service.SecurityOpt.Add("no-new-privileges:true"));
        }
    }
#else
    private static void AddCompose(this IDistributedApplicationBuilder builder) => builder.RefuseToPublishWithout("Aspire.Hosting.Docker");
#endif

#if HAS_ASPIRE_HOSTING_KUBERNETES
    /// <summary>
    /// Adds the programs only, with health probes and settings that a cluster can override: whether the jobs run here, and whether
    /// POST goes through Kafka.
    /// </summary>
    private static void AddKubernetes(this IDistributedApplicationBuilder builder)
    {
        builder.AddKubernetesEnvironment(Kubernetes).WithDashboard(enabled: false).WithHelm(chart => chart
            .WithChartName("marketing")
            .WithChartDescription("Which campaign should this person see now?"));

        foreach (var program in builder.Resources.OfType<ProjectResource>().Select(builder.CreateResourceBuilder))
        {
            program.PublishAsKubernetesService(service =>
            {
                var container = service.Workload!.PodTemplate.Spec.Containers[0];
                container.StartupProbe = Probe("/alive", periodSeconds: 2, failures: 60);
                container.LivenessProbe = Probe("/alive", periodSeconds: 10, failures: 3);
                container.ReadinessProbe = Probe("/health", periodSeconds: 10, failures: 3);
                service.Harden(DataDirectory, program.Resource.Name == "api" ? InContainer : null);
                if (service.Secret?.StringData.ContainsKey("Access__AdminKey") is true)
                {
                    service.Secret.StringData["Access__AdminKey"] =
                        "{{ required `secrets.api.admin_key must be a secret of 32 characters or more, openssl rand -hex 32 makes one` .Values.secrets.api.admin_key }}";
                }
            });
            program.WithEnvironment("Storage__DataDirectory", DataDirectory);
            program.WithEnvironment("Jobs__Enabled", "true");
            if (program.Resource.Name == "api")
            {
                program.WithEnvironment("Kafka__FrontDoor", "false");
                program.WithEnvironment("AllowedHosts", "api-service;*.svc;*.svc.cluster.local");
            }
        }
    }

    /// <summary>Omits the scheme, which defaults to HTTP: Aspire 13.6 writes it in lower case, which Kubernetes rejects.</summary>
    private static ProbeV1 Probe(string path, int periodSeconds, int failures) => new()
    {
        HttpGet = new() { Path = path, Port = InContainer },
        PeriodSeconds = periodSeconds,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };
#else
    private static void AddKubernetes(this IDistributedApplicationBuilder builder) => builder.RefuseToPublishWithout("Aspire.Hosting.Kubernetes");
#endif

#if !HAS_ASPIRE_HOSTING_DOCKER || !HAS_ASPIRE_HOSTING_KUBERNETES
    private static void RefuseToPublishWithout(this IDistributedApplicationBuilder builder, string package)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            throw new DistributedApplicationException($"This build cannot publish to that target because its package feed does not have {package}.");
        }
    }
#endif
}
