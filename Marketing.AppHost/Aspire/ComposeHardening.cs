#if HAS_ASPIRE_HOSTING_DOCKER
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;

namespace Marketing.AppHost;

/// <summary>Restricts a service under docker compose: read-only file system, no capabilities, limited CPU and memory.</summary>
internal static class ComposeHardening
{
    // The user "app" in the .NET images.
    private const string User = "1654:1654";

    // The images contain no HTTP client.
    private const string IsAlive =
        "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /alive HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '";

    /// <summary>Hardens a service of docker compose.</summary>
    public static void Harden(this Service service)
    {
        service.User = User;
        service.ReadOnly = true;
        service.Tmpfs.Add("/tmp");
        service.CapDrop.Add("ALL");
        service.SecurityOpt.Add("no-new-privileges:true");
        service.Healthcheck = new Healthcheck
        {
            Test = ["CMD", "bash", "-c", IsAlive],
            Interval = "10s",
            Timeout = "5s",
            Retries = 3,
            StartPeriod = "120s",
        };
        service.Deploy = new Deploy
        {
            Resources = new Resources
            {
                Limits = new ResourceSpec { Cpus = "2", Memory = "2g" },
                Reservations = new ResourceSpec { Cpus = "0.25", Memory = "512m" },
            },
        };
    }
}
#endif
