using Marketing.Domain.Ports;
using Quartz;

namespace Marketing.Stores.Quartz;

/// <summary>Runs the maintenance job that the Quartz job is named after.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledJob(IMaintenanceJobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.RunAsync(context.JobDetail.Key.Name, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Already logged, without anything that the error might quote; the schedule runs the job again.
            context.Result = error.GetType().Name;
        }
    }
}
