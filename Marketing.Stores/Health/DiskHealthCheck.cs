using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Marketing.Stores.Health;

/// <summary>Warns before the data directory's disk is full, because nothing can be appended then.</summary>
internal sealed class DiskHealthCheck(IOptions<StorageOptions> options) : IHealthCheck
{
    private const long Megabyte = 1L << 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        long free = new DriveInfo(Path.GetFullPath(options.Value.DataDirectory)).AvailableFreeSpace / Megabyte;
        return Task.FromResult(free < options.Value.LowDiskSpaceMegabytes
            ? HealthCheckResult.Degraded(
                $"{free} MB free for the data directory, less than Storage:LowDiskSpaceMegabytes ({options.Value.LowDiskSpaceMegabytes}); a full disk stops all writes")
            : HealthCheckResult.Healthy($"{free} MB free"));
    }
}
