using Marketing.Domain.Ports;
using Marketing.Projections.Samples;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Api.Hosting;

/// <summary>Reports degraded while the sample data is loading, because answers are still incomplete.</summary>
internal sealed class SampleHealthCheck(SampleProgress sample, IInteractionQueue queue) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!sample.IsLoading)
        {
            return HealthCheckResult.Healthy();
        }

        var pending = (await queue.BacklogAsync(cancellationToken)).Pending;
        return HealthCheckResult.Degraded($"the sample data is loading: {pending} interactions are not yet projected");
    }
}
