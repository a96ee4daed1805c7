#if HAS_ASPIRE_HOSTING_KUBERNETES
using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Marketing.AppHost;

/// <summary>A network policy (networking.k8s.io/v1), which limits who may connect to pods and for which Aspire has no type.</summary>
internal sealed class NetworkPolicy() : BaseKubernetesResource("networking.k8s.io/v1", "NetworkPolicy")
{
    [YamlMember(Alias = "spec")]
    public PolicySpec Spec { get; init; } = new();

    /// <summary>Allows connections to one port of the pods of a workload, or to none.</summary>
    public static NetworkPolicy For(Workload workload, int? port)
    {
        var labels = workload.PodTemplate.Metadata.Labels;
        var policy = new NetworkPolicy
        {
            Spec = new()
            {
                PodSelector = new LabelSelectorV1 { MatchLabels = new(labels) },
                Ingress = port is { } open ? [new() { Ports = [new() { Port = open }] }] : [],
            },
        };
        policy.Metadata.Name = workload.Metadata.Name.Replace("-deployment", "-network", StringComparison.Ordinal);
        foreach (var (name, value) in labels)
        {
            policy.Metadata.Labels[name] = value;
        }

        return policy;
    }

    internal sealed class PolicySpec
    {
        [YamlMember(Alias = "podSelector")]
        public LabelSelectorV1 PodSelector { get; init; } = new();

        [YamlMember(Alias = "policyTypes")]
        public List<string> PolicyTypes { get; } = ["Ingress"];

        [YamlMember(Alias = "ingress", DefaultValuesHandling = DefaultValuesHandling.Preserve)]
        public List<IngressRule> Ingress { get; init; } = [];
    }

    internal sealed class IngressRule
    {
        [YamlMember(Alias = "ports")]
        public List<PolicyPort> Ports { get; init; } = [];
    }

    internal sealed class PolicyPort
    {
        [YamlMember(Alias = "protocol")]
        public string Protocol { get; init; } = "TCP";

        [YamlMember(Alias = "port")]
        public int Port { get; init; }
    }
}
#endif
