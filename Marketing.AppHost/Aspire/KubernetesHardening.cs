#if HAS_ASPIRE_HOSTING_KUBERNETES
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Marketing.AppHost;

/// <summary>What a program may do in a cluster: run as nobody in particular, write to its data alone, take so much of a node.</summary>
internal static class KubernetesHardening
{
    // app, in .NET's images.
    private const long User = 1654;

    /// <summary>Hardens the pods of a program.</summary>
    /// <param name="service">The program.</param>
    /// <param name="dataDirectory">Where it writes.</param>
    /// <param name="openPort">Where others may connect to it; null: nowhere. Probes of the node may always.</param>
    public static void Harden(this KubernetesResource service, string dataDirectory, int? openPort)
    {
        var pod = service.Workload!.PodTemplate.Spec;
        pod.AutomountServiceAccountToken = false;
        pod.EnableServiceLinks = false;
        pod.SecurityContext = new PodSecurityContextV1
        {
            RunAsNonRoot = true,
            RunAsUser = User,
            RunAsGroup = User,
            FsGroup = User,
            SeccompProfile = new SeccompProfileV1 { Type = "RuntimeDefault" },
        };

        var container = pod.Containers[0];
        container.SecurityContext = new SecurityContextV1
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new CapabilitiesV1 { Drop = { "ALL" } },
        };
        container.Resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "250m", ["memory"] = "512Mi" },
            Limits = { ["cpu"] = "2", ["memory"] = "2Gi" },
        };
        foreach (var (name, path) in new[] { ("data", dataDirectory), ("tmp", "/tmp") })
        {
            pod.Volumes.Add(new VolumeV1 { Name = name, EmptyDir = new EmptyDirVolumeSourceV1 { SizeLimit = "2Gi" } });
            container.VolumeMounts.Add(new VolumeMountV1 { Name = name, MountPath = path });
        }

        service.AdditionalResources.Add(NetworkPolicy.For(service.Workload, openPort));
    }
}
#endif
