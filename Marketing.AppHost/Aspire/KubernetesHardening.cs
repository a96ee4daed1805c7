#if HAS_ASPIRE_HOSTING_KUBERNETES
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Marketing.AppHost;

/// <summary>Restricts the pods of a program: non-root user, read-only file system, limited CPU and memory.</summary>
internal static class KubernetesHardening
{
    // The user "app" in the .NET images.
    private const long User = 1654;

    /// <summary>Hardens the pods of a program.</summary>
    /// <param name="service">The program.</param>
    /// <param name="dataDirectory">The directory that the program may write to.</param>
    /// <param name="openPort">The port that other pods may connect to; null for none. Node probes are always allowed.</param>
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
