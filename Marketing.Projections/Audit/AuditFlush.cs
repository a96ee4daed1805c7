using Microsoft.Extensions.Hosting;

namespace Marketing.Projections.Audit;

/// <summary>Writes what the recorder holds once a minute, and once more when the process stops.</summary>
internal sealed class AuditFlush(AuditRecorder recorder, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await recorder.FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await recorder.FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // StopAsync writes the rest.
        }
    }
}
