using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Marketing.Stores.Kafka;

/// <summary>Healthy when a broker returns its metadata over the producer's existing connection.</summary>
internal sealed class KafkaHealthCheck(IProducer<byte[], byte[]> producer) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(Check, cancellationToken);

    private HealthCheckResult Check()
    {
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        try
        {
            return admin.GetMetadata(Limit).Brokers.Count > 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("No broker is known.");
        }
        catch (KafkaException exception)
        {
            return HealthCheckResult.Degraded(exception.Error.Code.ToString());
        }
    }
}
