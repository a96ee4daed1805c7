using Marketing.Domain.Ports;
using Quartz;

namespace Marketing.Stores.Quartz;

/// <summary>Runs the maintenance job that the trigger's job is named after.</summary>
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
            // Said already, and without what the error might quote; the next time is in the schedule.
            context.Result = error.GetType().Name;
        }
    }
}
